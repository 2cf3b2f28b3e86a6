--- `:Resmark new`: a resolution from a skeleton of the server, for each house and language.
local M = {}

local resmark = require('resmark')
local server = require('resmark.server')

--- What a completion is that has places to fill in.
local SNIPPET = 2

--- An empty text that no file holds, for asking what it could begin with.
local EMPTY = 'untitled:resmark-new.resmark'

--- The skeletons that the server has for an empty text.
---@param client vim.lsp.Client
---@return { name: string, detail: string, body: string }[]
---@return string? problem
local function skeletons(client)
  local document = { uri = EMPTY }
  server.notify(client, 'textDocument/didOpen', {
    textDocument = { uri = EMPTY, languageId = 'resmark', version = 0, text = '' },
  })
  local result, problem = server.ask(client, 'textDocument/completion', {
    textDocument = document,
    position = { line = 0, character = 0 },
    context = { triggerKind = 1 },
  })
  server.notify(client, 'textDocument/didClose', { textDocument = document })
  local found = {}
  for _, item in ipairs(result and (result.items or result) or {}) do
    if item.insertTextFormat == SNIPPET then
      local body = item.textEdit and item.textEdit.newText or item.insertText
      if not body then
        local resolved = server.ask(client, 'completionItem/resolve', item)
        body = resolved and (resolved.textEdit and resolved.textEdit.newText or resolved.insertText)
      end
      -- Nothing else begins a resolution: annexes, tracked changes.
      if body and (vim.startswith(body, '# ') or body:find('\n# ', 1, true)) then
        local detail = item.labelDetails and item.labelDetails.description or item.detail or ''
        found[#found + 1] = { name = item.label, detail = detail, body = body }
      end
    end
  end
  return found, problem
end

--- A name for the new file, beside the current one, that no file has.
---@return string
local function free_name()
  local here = vim.api.nvim_buf_get_name(0)
  local folder = here ~= '' and not here:find('^%a[%w+.-]+:') and vim.fs.dirname(here) or vim.uv.cwd()
  for number = 1, 1000 do
    local name = ('%s/resolution%s.resmark'):format(folder, number == 1 and '' or '-' .. number)
    if not vim.uv.fs_stat(name) and vim.fn.bufexists(name) == 0 then
      return name
    end
  end
  return folder .. '/resolution-new.resmark'
end

--- Whether the current buffer is a resolution without a word, which can be begun.
local function is_empty()
  return vim.bo.filetype == 'resmark'
    and vim.bo.modifiable
    and vim.deep_equal(vim.api.nvim_buf_get_lines(0, 0, -1, false), { '' })
end

--- Opens the text in which a skeleton is filled in, unless one is open that is empty.
local function open_text()
  if not is_empty() then
    local name = free_name()
    vim.cmd.enew()
    vim.api.nvim_buf_set_name(0, name)
    vim.bo.filetype = 'resmark'
  end
end

--- Waits for the server of the current buffer.
---@return vim.lsp.Client?
local function client_here()
  vim.wait(10000, function()
    local client = server.client(vim.api.nvim_get_current_buf())
    return client ~= nil and client.initialized == true
  end, 20)
  return server.client(vim.api.nvim_get_current_buf())
end

--- The names of the skeletons, as far as a server runs that can be asked.
---@return string[]
function M.names()
  local client = server.client()
  return client and vim.tbl_map(function(skeleton)
    return skeleton.name
  end, (skeletons(client))) or {}
end

--- Begins a resolution with the skeleton called `name`, or asks which.
---@param name? string or its beginning, when only one has that
function M.run(name)
  open_text()
  local client = client_here()
  if not client then
    resmark.say('skeletons need the server, which is not running. See `:checkhealth resmark`.', vim.log.levels.WARN)
    return
  end
  local found, problem = skeletons(client)
  if #found == 0 then
    resmark.say(problem or 'this server has no skeletons; begin with `# Resolution …`.', vim.log.levels.WARN)
    return
  end
  local fitting = vim.tbl_filter(function(skeleton)
    return not name or vim.startswith(skeleton.name:lower(), name:lower())
  end, found)
  local exact = vim.tbl_filter(function(skeleton)
    return skeleton.name == name
  end, fitting)
  fitting = #exact > 0 and exact or fitting
  local function expand(skeleton)
    if skeleton then
      vim.cmd.startinsert()
      vim.snippet.expand(skeleton.body)
    end
  end
  if #fitting == 1 then
    expand(fitting[1])
    return
  end
  vim.ui.select(#fitting > 0 and fitting or found, {
    prompt = 'Begin with',
    format_item = function(skeleton)
      return skeleton.detail ~= '' and ('%s — %s'):format(skeleton.name, skeleton.detail) or skeleton.name
    end,
  }, expand)
end

return M
