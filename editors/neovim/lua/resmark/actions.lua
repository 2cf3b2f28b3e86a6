--- The server's actions by their kind: asking for one and making its changes.
local M = {}

local resmark = require('resmark')
local server = require('resmark.server')

--- The server's action of a kind where the cursor is, with the client that has it. Says what keeps it from being had.
---@param kind string
---@param doing string what the drafter wants, as a noun: “renumbering”
---@return lsp.CodeAction? action nil when there is nothing to do, or when the drafter was told what is the matter
---@return vim.lsp.Client? client nil when the drafter was told
function M.request(kind, doing)
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.client(buffer)
  if not client then
    resmark.say(doing .. ' needs the server, which is not running. See `:checkhealth resmark`.', vim.log.levels.WARN)
    return
  end
  local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local actions, problem = server.ask(client, 'textDocument/codeAction', {
    textDocument = at.textDocument,
    range = { start = at.position, ['end'] = at.position },
    context = { diagnostics = {}, only = { kind } },
  })
  local action = (actions or {})[1]
  if action and not action.edit then
    action, problem = server.ask(client, 'codeAction/resolve', action)
  end
  if problem then
    resmark.say(problem, vim.log.levels.ERROR)
    return
  end
  return action and action.edit and action or nil, client
end

return M
