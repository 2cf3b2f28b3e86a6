--- A Neovim of its own in which keys are typed as a drafter types them: one after the other, with the editor's own loop
--- in between, which a script that runs inside of the editor cannot do.
local M = {}

local editor = require('harness')

---@class Typist
---@field channel integer
local Typist = {}
Typist.__index = Typist

--- Starts a Neovim as `arguments` and `environment` say, and returns who types there.
---@param arguments string[]
---@param environment? table<string, string>
---@return Typist
function M.start(arguments, environment)
  local command = vim.list_extend({ vim.v.progpath, '--headless', '--embed' }, arguments)
  local channel = vim.fn.jobstart(command, { rpc = true, env = environment })
  local typist = setmetatable({ channel = channel }, Typist)
  typist:lua([[
    vim.o.swapfile = false
    vim.o.columns, vim.o.lines = 110, 34
    _G.typed, _G.asking = 0, 0
    vim.on_key(function()
      _G.typed = _G.typed + 1
    end)
    -- While the plugin waits for the server, Neovim answers others; the key has not had its effect then.
    local has, server = pcall(require, 'resmark.server')
    if not has then
      return
    end
    local ask = server.ask
    server.ask = function(...)
      _G.asking = _G.asking + 1
      local answer = vim.F.pack_len(pcall(ask, ...))
      _G.asking = _G.asking - 1
      assert(answer[1], answer[2])
      return unpack(answer, 2, answer.n)
    end
  ]])
  return typist
end

--- Starts a Neovim on `file`, in the working folder, and waits for the server. `options` are the plugin's.
---@param file string
---@param options? resmark.Options
---@return Typist
function M.open(file, options)
  local typist = M.start({
    '--clean',
    '--cmd',
    'lua vim.opt.runtimepath:prepend(vim.env.RESMARK_NVIM_PLUGIN)',
    '--cmd',
    -- Where other tests run at the same time, Enter waits for the server longer.
    'lua vim.g.resmark = vim.tbl_extend("force", { cmd = { vim.env.RESMARK_SERVER, "lsp" }, enter = 20000 }, '
      .. vim.inspect(options or {}):gsub('%s+', ' ')
      .. ')',
    file,
  })
  typist:attached()
  return typist
end

--- Waits until the server serves the current buffer and has read the folder: what other files have is known only then.
function Typist:attached()
  editor.wait('the server attaches and has read the folder', function()
    return self:lua([[
      local client = vim.lsp.get_clients({ name = 'resmark', bufnr = 0 })[1]
      if not client or not client.initialized then
        return false
      end
      -- Also where there is no plugin that could ask.
      local params = { textDocument = { uri = vim.uri_from_bufnr(0) } }
      local answer = (vim.lsp.buf_request_sync(0, 'resmark/status', params, 5000) or {})[client.id]
      return answer ~= nil and answer.result ~= nil and not answer.result.reading
    ]])
  end)
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

--- Types one key and waits until it has had its effect: Neovim answers only when it waits for the next, or for the server.
function Typist:key(key)
  local before = self:lua('return _G.typed')
  vim.rpcrequest(self.channel, 'nvim_input', key)
  editor.wait(('%s has had its effect'):format(key), function()
    return self:lua('return _G.asking == 0 and _G.typed > ...', before)
  end)
end

--- Types a command line and Enter.
function Typist:command(line)
  self:type(':' .. line .. '<CR>')
end

--- Types keys where Neovim does not say when it is done with one: in a menu, at a question.
function Typist:press(keys)
  vim.rpcrequest(self.channel, 'nvim_input', keys)
end

--- What stands on the screen: its lines, windows over the text included.
---@return string
function Typist:screen()
  return self:lua([[
    vim.cmd.redraw()
    local lines = {}
    for row = 1, vim.o.lines do
      local cells = {}
      for column = 1, vim.o.columns do
        cells[column] = vim.fn.screenstring(row, column)
      end
      lines[row] = (table.concat(cells):gsub('%s+$', ''))
    end
    return table.concat(lines, '\n')
  ]])
end

--- Waits until all of `words` can be seen, and returns the screen.
---@param what string
---@param ... string
---@return string
function Typist:sees(what, ...)
  local wanted, screen = { ... }, ''
  local reached = editor.eventually(function()
    screen = self:screen()
    return vim.iter(wanted):all(function(words)
      return screen:find(words, 1, true) ~= nil
    end)
  end)
  if not reached then
    error(('%s: %s is not on the screen:\n%s'):format(what, vim.inspect(wanted), screen), 2)
  end
  return screen
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
  local reached = editor.eventually(function()
    return self:text() == expected
  end)
  if not reached then
    editor.same(what, self:text(), expected)
  end
end

--- Ends it.
function Typist:close()
  vim.fn.jobstop(self.channel)
end

return M
