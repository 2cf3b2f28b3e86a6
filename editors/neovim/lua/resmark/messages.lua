--- What was found is underlined and marked beside the line. Neovim 0.11 shows no message of itself, and its virtual lines
--- begin below the finding and are cut off at the window's edge, which in the long lines of a resolution is soon. So the
--- messages about the line of the cursor are shown below it, from the left and folded, unless the drafter has messages
--- shown in another way.
local M = {}

local namespace = vim.api.nvim_create_namespace('resmark.messages')

local HIGHLIGHTS = { 'DiagnosticError', 'DiagnosticWarn', 'DiagnosticInfo', 'DiagnosticHint' }
local INDENT = '  '

--- Whether something else shows messages in the text.
local function shown_already()
  local config = vim.diagnostic.config() or {}
  return config.virtual_text or config.virtual_lines or require('resmark').options().messages == false
end

--- Folds `text` into lines of at most `width` columns, between words or before a wide character.
---@param text string
---@param width integer
---@return string[]
local function fold(text, width)
  local lines, line, columns = {}, '', 0
  -- A wide character can begin a line; other characters stay with their word, and spaces with the word before them.
  for word in vim.gsplit(vim.fn.substitute(text, [[\s\+\|[^\d0-\d4351]\@=]], '&\1', 'g'), '\1', { plain = true }) do
    local wide = vim.fn.strdisplaywidth(word)
    if columns > 0 and columns + vim.fn.strdisplaywidth((word:gsub('%s+$', ''))) > width then
      lines[#lines + 1], line, columns = line, '', 0
    end
    line, columns = line .. word, columns + wide
  end
  lines[#lines + 1] = line
  return lines
end

--- Shows the messages about the line of the cursor in the current window's `buffer`, and takes away the others.
---@param buffer integer
function M.show(buffer)
  vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
  if buffer ~= vim.api.nvim_get_current_buf() or shown_already() or not vim.diagnostic.is_enabled({ bufnr = buffer }) then
    return
  end
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local info = vim.fn.getwininfo(vim.api.nvim_get_current_win())[1]
  local width = math.max(info.width - info.textoff - #INDENT - 2, 20)
  local below = {}
  for _, finding in ipairs(vim.diagnostic.get(buffer, { lnum = line })) do
    for index, part in ipairs(fold(finding.message:gsub('%s*\n%s*', ' '), width)) do
      below[#below + 1] = { { (index == 1 and '└ ' or INDENT) .. part, HIGHLIGHTS[finding.severity] } }
    end
  end
  if #below > 0 then
    vim.api.nvim_buf_set_extmark(buffer, namespace, line, 0, { virt_lines = below })
  end
end

--- Keeps the messages of `buffer` where the cursor is.
---@param buffer integer
function M.follow(buffer)
  local group = vim.api.nvim_create_augroup('resmark.messages.' .. buffer, {})
  vim.api.nvim_create_autocmd({ 'CursorMoved', 'DiagnosticChanged', 'BufEnter', 'InsertLeave' }, {
    group = group,
    buffer = buffer,
    desc = 'Show the messages about the line of the cursor',
    callback = function()
      M.show(buffer)
    end,
  })
end

return M
