--- Pages about resolutions that only the catalogue knows. The server writes them; the buffer cannot be changed.
local M = {}

local server = require('resmark.server')

--- Fills `buffer` with the page at `uri`.
---@param buffer integer
---@param uri string
function M.read(buffer, uri)
  local lines
  local client = server.client()
  if not client then
    lines = { 'The Resmark server is not running, so this page cannot be shown.', '', 'Open a `.resmark` file first, then `:edit` this one again.' }
  else
    local result, problem = server.ask(client, 'workspace/textDocumentContent', { uri = uri })
    if result then
      lines = vim.split(result.text, '\r?\n')
    else
      lines = { 'This page cannot be shown: ' .. (problem or 'the catalogue does not know it') }
    end
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modified = false
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].readonly = true
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].filetype = 'markdown'
end

return M
