--- What was found is underlined and marked beside the line. Neovim 0.11 shows no message of itself; 0.10 shows them behind
--- the line, and virtual lines begin below the finding: both are cut off at the window's edge, which in the long lines of a
--- resolution is soon. So the messages about the line of the cursor are shown below it, from the left and folded, unless
--- the drafter has messages shown in another way.
local M = {}

local namespace = vim.api.nvim_create_namespace('resmark.messages')

local HIGHLIGHTS = { 'DiagnosticError', 'DiagnosticWarn', 'DiagnosticInfo', 'DiagnosticHint' }
local INDENT = '  '

--- Whether the drafter has messages shown in the text. On Neovim 0.10 `true` is what nobody has set.
local function shown_already()
  local config = vim.diagnostic.config() or {}
  local behind = config.virtual_text
  if vim.fn.has('nvim-0.11') == 0 and behind == true then
    behind = false
  end
  return behind or config.virtual_lines or require('resmark').options().messages == false
end

--- Scrolls until `count` lines below the cursor's can be seen, as far as it stays in the window.
---@param count integer
local function make_room(count)
  local window, cursor = vim.api.nvim_get_current_win(), vim.api.nvim_win_get_cursor(0)
  local last = vim.fn.screenpos(window, cursor[1], math.max(vim.fn.col('$') - 1, 1)).row
  local bottom = vim.fn.win_screenpos(window)[1] + vim.api.nvim_win_get_height(window) - 1
  local missing = math.min(count - (bottom - last), vim.fn.winline() - 1)
  if last > 0 and missing > 0 then
    vim.cmd(('normal! %d\5'):format(missing))
  end
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
    if vim.api.nvim_get_mode().mode == 'n' then
      make_room(#below)
    end
  end
end

--- Keeps the messages of `buffer` where the cursor is.
---@param buffer integer
---@param client vim.lsp.Client
function M.follow(buffer, client)
  if vim.fn.has('nvim-0.11') == 0 and not shown_already() then
    for _, pulled in ipairs({ false, true }) do
      vim.diagnostic.config({ virtual_text = false }, vim.lsp.diagnostic.get_namespace(client.id, pulled))
    end
  end
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
