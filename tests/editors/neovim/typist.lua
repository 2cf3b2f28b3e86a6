--- A Neovim of its own in which keys are typed as a drafter types them: one after the other, with the editor's own loop
--- in between, which a script that runs inside of the editor cannot do.
local M = {}

local editor = require('harness')

---@class Typist
---@field channel integer
local Typist = {}
Typist.__index = Typist

--- Starts a Neovim on `file`, in the working folder, and waits for the server. `options` are the plugin's.
---@return Typist
function M.open(file, options)
  local channel = vim.fn.jobstart({
    vim.v.progpath,
    '--clean',
    '--headless',
    '--embed',
    '--cmd',
    'lua vim.opt.runtimepath:prepend(vim.env.RESMARK_NVIM_PLUGIN)',
    '--cmd',
    'lua vim.o.swapfile = false vim.g.resmark = vim.tbl_extend("force", { cmd = { vim.env.RESMARK_SERVER, "lsp" } }, '
      .. vim.inspect(options or {}):gsub('%s+', ' ')
      .. ')',
    file,
  }, { rpc = true })
  local typist = setmetatable({ channel = channel }, Typist)
  editor.wait('the server attaches', function()
    return typist:lua([[
      local client = vim.lsp.get_clients({ name = 'resmark', bufnr = 0 })[1]
      return client ~= nil and client.initialized == true
    ]])
  end)
  typist:lua([[
    _G.typed, _G.settled = 0, 0
    vim.on_key(function()
      _G.typed = _G.typed + 1
    end)
    vim.api.nvim_create_autocmd('SafeState', { callback = function()
      _G.settled = _G.typed
    end })
  ]])
  return typist
end

--- Runs Lua there.
function Typist:lua(code, ...)
  return vim.rpcrequest(self.channel, 'nvim_exec_lua', code, { ... })
end

--- Types `keys`, one at a time.
function Typist:type(keys)
  local at = 1
  while at <= #keys do
    local key = keys:match('^<[%w-]+>', at) or keys:match('^[%z\1-\127\194-\244][\128-\191]*', at)
    self:key(key)
    at = at + #key
  end
end

--- Types one key and waits until the editor has nothing more to do than to wait for the next.
function Typist:key(key)
  local before = self:lua('return _G.typed')
  vim.rpcrequest(self.channel, 'nvim_input', key)
  editor.wait(('%s has had its effect'):format(key), function()
    return self:lua('return _G.settled') > before
  end)
end

--- The text as it is now.
function Typist:text()
  return table.concat(vim.rpcrequest(self.channel, 'nvim_buf_get_lines', 0, 0, -1, false), '\n') .. '\n'
end

--- Puts the cursor behind the first `words`.
function Typist:go_behind(words)
  self:lua(
    [[
      local words = ...
      for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
        local _, stop = line:find(words, 1, true)
        if stop then
          vim.api.nvim_win_set_cursor(0, { number, stop - 1 })
          return
        end
      end
      error('not here: ' .. words)
    ]],
    words
  )
end

--- Waits until the text is `expected`.
function Typist:expect(what, expected)
  local reached = vim.wait(10000, function()
    return self:text() == expected
  end, 20)
  if not reached then
    editor.same(what, self:text(), expected)
  end
end

--- Ends it.
function Typist:close()
  vim.fn.jobstop(self.channel)
end

return M
