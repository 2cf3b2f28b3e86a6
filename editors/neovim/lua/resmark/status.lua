--- What a statusline shows of a resolution: its house, its language, what was found. It is asked for when something has
--- changed, and never while the line is drawn.
local M = {}

local server = require('resmark.server')

local group = vim.api.nvim_create_augroup('resmark.status', {})

---@class resmark.Status
---@field text string what is shown
---@field asking boolean
---@field again boolean

--- What is known of each buffer that was asked about.
---@type table<integer, resmark.Status>
local known = {}

--- The signs of the levels, as in the column beside the text.
local LEVELS = { { 'error', 'E' }, { 'warning', 'W' }, { 'information', 'I' }, { 'hint', 'H' } }

--- How many findings there are, from what Neovim has been told.
---@param buffer integer
local function counted(buffer)
  local counts = vim.diagnostic.count(buffer)
  local severity = vim.diagnostic.severity
  return {
    error = counts[severity.ERROR],
    warning = counts[severity.WARN],
    information = counts[severity.INFO],
    hint = counts[severity.HINT],
  }
end

--- The words for what the server has answered.
---@param buffer integer
---@param answer table?
---@return string
local function words(buffer, answer)
  local parts = {}
  if answer then
    parts[#parts + 1] = answer.profile
    parts[#parts + 1] = answer.language
    if answer.changes then
      parts[#parts + 1] = 'tracked'
    end
  end
  -- The numbers are those of the findings that are underlined.
  local counts = counted(buffer)
  for _, level in ipairs(LEVELS) do
    local count = counts[level[1]] or 0
    if count > 0 then
      parts[#parts + 1] = level[2] .. count
    end
  end
  if answer and answer.reading then
    parts[#parts + 1] = '…'
  end
  return #parts > 0 and table.concat(parts, ' ') or 'resmark'
end

--- Keeps what is shown and draws the line again where it has changed.
---@param buffer integer
---@param text string
local function keep(buffer, text)
  local status = known[buffer]
  if status and status.text ~= text then
    status.text = text
    vim.cmd.redrawstatus({ bang = true })
  end
end

--- Asks again; while an answer is awaited, once more when it has come.
---@param buffer integer
local function refresh(buffer)
  local status = known[buffer]
  if not status or not vim.api.nvim_buf_is_valid(buffer) then
    known[buffer] = nil
    return
  elseif status.asking then
    status.again = true
    return
  end
  local client = server.client(buffer)
  if not client or not client.initialized then
    keep(buffer, '')
    return
  end
  status.asking, status.again = true, false
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  server.request(client, 'resmark/status', params, buffer, function(answer)
    status.asking = false
    if vim.api.nvim_buf_is_valid(buffer) then
      keep(buffer, words(buffer, answer))
    end
    if status.again then
      refresh(buffer)
    end
  end)
end

--- Begins to keep the status of `buffer`.
---@param buffer integer
local function follow(buffer)
  known[buffer] = { text = '', asking = false, again = false }
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  vim.api.nvim_create_autocmd({ 'LspAttach', 'LspDetach', 'DiagnosticChanged', 'InsertLeave', 'BufEnter' }, {
    group = group,
    buffer = buffer,
    desc = 'Ask for the status of the resolution',
    callback = function()
      vim.schedule(function()
        refresh(buffer)
      end)
    end,
  })
  vim.api.nvim_create_autocmd('BufWipeout', {
    group = group,
    buffer = buffer,
    callback = function()
      known[buffer] = nil
    end,
  })
  vim.schedule(function()
    refresh(buffer)
  end)
end

vim.api.nvim_create_autocmd('LspProgress', {
  group = group,
  desc = 'Ask for the status when the workspace has been read',
  callback = function()
    for buffer in pairs(known) do
      refresh(buffer)
    end
  end,
})

--- The status of `buffer` in a few words; empty where it is no resolution.
---@param buffer integer
---@return string
function M.get(buffer)
  local status = known[buffer]
  if status then
    return status.text
  elseif vim.bo[buffer].filetype == 'resmark' then
    follow(buffer)
  end
  return ''
end

--- Says the status of the current buffer in words.
function M.say()
  local resmark = require('resmark')
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.needed(buffer, 'the status')
  if not client then
    return
  end
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  local answer, problem = server.ask(client, 'resmark/status', params)
  if not answer then
    resmark.say(problem or 'this text is not known to the server.', vim.log.levels.WARN)
    return
  end
  local found = {}
  for _, level in ipairs({ 'error', 'warning', 'information', 'hint' }) do
    local count = (answer.findings or {})[level] or 0
    if count > 0 then
      -- “information” has no plural.
      found[#found + 1] = ('%d %s%s'):format(count, level, count > 1 and level ~= 'information' and 's' or '')
    end
  end
  local parts = {
    'language ' .. answer.language,
    'judged as of ' .. answer.asOf,
    answer.changes and 'with tracked changes' or 'no tracked changes',
    #found > 0 and table.concat(found, ', ') or 'nothing found',
  }
  resmark.say(
    ('%s. %s\n%s%s.'):format(
      answer.profileName or answer.profile,
      answer.profileReason or '',
      table.concat(parts, '; '),
      answer.reading and '; the folder is still being read' or ''
    )
  )
end

return M
