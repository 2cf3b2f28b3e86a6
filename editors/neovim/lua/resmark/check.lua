--- `:Resmark check`: what was found, in a list.
local M = {}

local resmark = require('resmark')
local server = require('resmark.server')

--- The letters that a list shows for a level.
local TYPES = { 'E', 'W', 'I', 'N' }

--- How long the server may take to judge a whole workspace, in milliseconds.
local PATIENCE = 60000

--- Lists what was found in this file, in the location list.
function M.file()
  if #vim.diagnostic.get(0) == 0 then
    vim.fn.setloclist(0, {})
    resmark.say('nothing found in this file.')
  else
    vim.diagnostic.setloclist({ title = 'Resmark' })
  end
end

--- The findings of all files as entries of a list, by file and place.
---@param reports table[]
---@param encoding string
local function entries(reports, encoding)
  local found = {}
  for _, report in ipairs(reports) do
    local locations = vim.tbl_map(function(item)
      return { uri = report.uri, range = item.range, finding = item }
    end, report.items or {})
    -- The columns of a line that is on disk are counted there.
    for _, item in ipairs(vim.lsp.util.locations_to_items(locations, encoding)) do
      local finding = item.user_data.finding
      item.user_data = nil
      item.type = TYPES[finding.severity or 1]
      item.text = ('%s [%s]'):format(finding.message:gsub('%s*\n%s*', ' '), finding.code or '')
      found[#found + 1] = item
    end
  end
  table.sort(found, function(a, b)
    if a.filename ~= b.filename then
      return a.filename < b.filename
    end
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  return found
end

--- Lists what was found in all files of the workspace, in the quickfix list.
function M.workspace()
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.client(buffer) or server.client()
  if not client then
    server.needed(buffer, 'checking the workspace')
    return
  end
  local answer, problem = server.ask(client, 'workspace/diagnostic', { previousResultIds = {} }, PATIENCE)
  if not answer then
    resmark.say(problem or 'the server did not answer.', vim.log.levels.ERROR)
    return
  end
  local found = entries(answer.items or {}, client.offset_encoding)
  vim.fn.setqflist({}, ' ', { title = 'Resmark: the workspace', items = found })
  if #found == 0 then
    resmark.say('nothing found in the workspace.')
    return
  end
  vim.cmd('botright copen')
  local files = {}
  for _, item in ipairs(found) do
    files[item.filename] = true
  end
  resmark.say(('%d findings in %d files.'):format(#found, vim.tbl_count(files)))
end

return M
