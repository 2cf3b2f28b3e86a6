--- The printed resolution in a window beside the text. It follows edits, the cursor of either moves that of the other, and
--- it shows the text that the drafter turns to.
local M = {}

local panel = require('resmark.panel')
local resmark = require('resmark')
local server = require('resmark.server')

--- The views, as they are typed and as the server calls them, in the order of their keys.
M.VIEWS = { 'in-force', 'tracked', 'as-amended' }
local NAMES = { ['in-force'] = 'inForce', tracked = 'tracked', ['as-amended'] = 'asAmended' }

local TITLES = { ['in-force'] = 'as in force', tracked = 'tracked changes', ['as-amended'] = 'as amended' }

--- How marks are coloured: see `resmark.highlights`.
local HIGHLIGHTS = {
  strong = 'ResmarkStrong',
  emphasis = 'ResmarkEmphasis',
  heading = 'ResmarkHeading',
  label = 'ResmarkLabel',
  citation = 'ResmarkCitation',
  insertion = 'ResmarkInsertion',
  deletion = 'ResmarkDeletion',
  comment = 'ResmarkComment',
  footnote = 'ResmarkFootnote',
}

local marks = vim.api.nvim_create_namespace('resmark.preview')
local group = vim.api.nvim_create_augroup('resmark.preview', {})

---@class resmark.PreviewLine
---@field text string
---@field line integer? the line of the source that it comes from, 0-based
---@field marks resmark.PreviewMark[]

---@class resmark.PreviewMark
---@field start integer in bytes of the line
---@field end integer
---@field kind string
---@field uri? string of a citation: where it leads
---@field line? integer on which line there, 0-based
---@field class? string of a citation: what it is, `citation outdated`

---@class resmark.Preview
---@field source integer the buffer that is shown
---@field window integer
---@field buffer integer
---@field view string
---@field lines resmark.PreviewLine[]
---@field asking boolean whether an answer is awaited
---@field again boolean whether something has changed since it was asked for
---@field shown? { source: integer, view: string } what stands there

--- The preview that is open.
---@type resmark.Preview?
local open

--- The preview, while it can be seen.
---@return resmark.Preview?
local function current()
  if open and not vim.api.nvim_win_is_valid(open.window) then
    open = nil
  end
  return open
end

--- The window in which the text is that the preview shows.
---@param preview resmark.Preview
---@return integer?
local function source_window(preview)
  local window = vim.api.nvim_get_current_win()
  if vim.api.nvim_win_get_buf(window) == preview.source then
    return window
  end
  return panel.window_of(preview.source)
end

--- The lines above and below the preview: the views, and the keys.
---@param preview resmark.Preview
local function bar(preview)
  local parts = {}
  for number, view in ipairs(M.VIEWS) do
    local group_name = view == preview.view and '%#ResmarkViewShown#' or '%#ResmarkView#'
    parts[#parts + 1] = ('%s %d %s %%*'):format(group_name, number, TITLES[view])
  end
  vim.wo[preview.window].winbar = table.concat(parts)
  vim.wo[preview.window].statusline = ' Preview %=⏎ source  gd follow  q close '
end

--- The number of the line of the preview that shows the line `line` of the source, both from 0.
---@param preview resmark.Preview
---@param line integer
---@return integer
local function row_of(preview, line)
  local best, best_line = 0, -1
  for row, it in ipairs(preview.lines) do
    if it.line and it.line <= line and it.line > best_line then
      best, best_line = row - 1, it.line
    end
  end
  return best
end

--- The line of the source that a line of the preview comes from, both from 0.
---@param preview resmark.Preview
---@param row integer
---@return integer?
local function line_of(preview, row)
  for at = row + 1, 1, -1 do
    local line = preview.lines[at] and preview.lines[at].line
    if line then
      return line
    end
  end
end

--- Puts the cursor of `window` on the line `row`, as far below its upper edge as the cursor of `leader` is below its own.
---@param window integer
---@param row integer from 0
---@param leader integer a window
local function align(window, row, leader)
  local depth = vim.api.nvim_win_call(leader, vim.fn.winline)
  local last = vim.api.nvim_buf_line_count(vim.api.nvim_win_get_buf(window))
  local line = math.min(row + 1, last)
  vim.api.nvim_win_set_cursor(window, { line, 0 })
  vim.api.nvim_win_call(window, function()
    vim.fn.winrestview({ topline = math.max(line - depth + 1, 1) })
    -- Lines that are folded over the edge of the window may have pushed it out again.
    for _ = 1, 100 do
      if vim.fn.winline() <= depth or vim.fn.line('w0') >= line then
        break
      end
      vim.fn.winrestview({ topline = vim.fn.line('w0') + 1 })
    end
  end)
end

--- Moves the preview to where the cursor of the text is.
---@param preview resmark.Preview
local function follow_source(preview)
  local window = source_window(preview)
  if window and #preview.lines > 0 and preview.shown and preview.shown.source == preview.source then
    align(preview.window, row_of(preview, vim.api.nvim_win_get_cursor(window)[1] - 1), window)
  end
end

--- Moves the text to where the cursor of the preview is.
---@param preview resmark.Preview
local function follow_preview(preview)
  local window = source_window(preview)
  local line = line_of(preview, vim.api.nvim_win_get_cursor(preview.window)[1] - 1)
  if window and line and line ~= vim.api.nvim_win_get_cursor(window)[1] - 1 then
    align(window, line, preview.window)
  end
end

--- How a mark is coloured.
---@param mark resmark.PreviewMark
local function highlight(mark)
  local class = mark.class or ''
  return class:find('abrogated', 1, true) and 'ResmarkAbrogated'
    or (class:find('outdated', 1, true) or class:find('revised', 1, true)) and 'ResmarkOutdated'
    or HIGHLIGHTS[mark.kind]
end

--- Shows what the server has answered.
---@param preview resmark.Preview
---@param answer table
local function draw(preview, answer)
  preview.lines = answer.lines or {}
  local text = vim.tbl_map(function(line)
    return line.text
  end, preview.lines)
  panel.fill(preview.buffer, text)
  vim.api.nvim_buf_clear_namespace(preview.buffer, marks, 0, -1)
  for row, line in ipairs(preview.lines) do
    for _, mark in ipairs(line.marks or {}) do
      vim.api.nvim_buf_set_extmark(preview.buffer, marks, row - 1, math.min(mark.start, #line.text), {
        end_col = math.min(mark['end'], #line.text),
        hl_group = highlight(mark),
        hl_mode = 'combine',
      })
    end
  end
  bar(preview)
  local shown = preview.shown
  preview.shown = { source = preview.source, view = preview.view }
  -- Who reads in the preview stays there.
  if not shown or shown.source ~= preview.source or vim.api.nvim_get_current_win() ~= preview.window then
    follow_source(preview)
  end
end

--- Shows the text as it is now.
local function refresh()
  local preview = current()
  if not preview then
    return
  end
  panel.ask(preview, 'resmark/preview', {
    params = function()
      return {
        textDocument = { uri = vim.uri_from_bufnr(preview.source) },
        view = NAMES[preview.view],
        format = 'text',
        width = math.max(vim.api.nvim_win_get_width(preview.window) - 1, 20),
      }
    end,
    is_open = function()
      return open == preview and current() ~= nil
    end,
    draw = function(answer)
      draw(preview, answer)
    end,
    close = M.close,
  })
end

--- Shows the text of `buffer` from now on.
---@param preview resmark.Preview
---@param buffer integer
local function turn_to(preview, buffer)
  if buffer ~= preview.source then
    preview.source = buffer
    vim.b[preview.buffer].resmark_source = buffer
    refresh()
  end
end

--- Goes to the text, to where the line of the cursor comes from.
---@param preview resmark.Preview
---@return boolean
local function to_source(preview)
  local line = line_of(preview, vim.api.nvim_win_get_cursor(preview.window)[1] - 1)
  local window = source_window(preview)
  if not window then
    vim.cmd('leftabove vsplit')
    window = vim.api.nvim_get_current_win()
    vim.wo[window].winfixbuf = false
    vim.api.nvim_win_set_buf(window, preview.source)
  end
  vim.api.nvim_set_current_win(window)
  vim.cmd("normal! m'")
  if line then
    vim.api.nvim_win_set_cursor(window, { math.min(line + 1, vim.api.nvim_buf_line_count(preview.source)), 0 })
    vim.cmd('normal! ^')
  end
  return line ~= nil
end

--- The citation at the cursor of the preview.
---@param preview resmark.Preview
local function citation(preview)
  local cursor = vim.api.nvim_win_get_cursor(preview.window)
  for _, mark in ipairs((preview.lines[cursor[1]] or {}).marks or {}) do
    if mark.kind == 'citation' and mark.start <= cursor[2] and cursor[2] < mark['end'] then
      return mark
    end
  end
end

--- Opens what is cited at the cursor, in the window of the text.
---@param preview resmark.Preview
local function follow(preview)
  local mark = citation(preview)
  local client = server.client(preview.source)
  if not mark or not mark.uri or not client then
    resmark.say(mark and 'no text of this resolution is known.' or 'there is no citation here.')
    return
  end
  local at = { line = mark.line or 0, character = 0 }
  to_source(preview)
  panel.go({ uri = mark.uri, range = { start = at, ['end'] = at } }, client.offset_encoding, vim.api.nvim_get_current_win())
end

--- The keys in the preview.
---@param preview resmark.Preview
local function keys(preview)
  local function map(key, what, action)
    vim.keymap.set('n', key, action, { buffer = preview.buffer, nowait = true, desc = what })
  end
  map('<CR>', 'Go to the source of this line', function()
    to_source(preview)
  end)
  map('<2-LeftMouse>', 'Go to the source of this line', function()
    to_source(preview)
  end)
  map('gd', 'Open what is cited here', function()
    follow(preview)
  end)
  for number, view in ipairs(M.VIEWS) do
    map(tostring(number), 'Show the text ' .. TITLES[view], function()
      M.set_view(view)
    end)
  end
  map('<Tab>', 'Show the next view', function()
    for number, view in ipairs(M.VIEWS) do
      if view == preview.view then
        M.set_view(M.VIEWS[number % #M.VIEWS + 1])
        return
      end
    end
  end)
end

--- Keeps the preview with the text and the cursor.
local function watch(preview)
  vim.api.nvim_clear_autocmds({ group = group })
  local function on(events, what, callback, pattern)
    vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, desc = what, callback = callback })
  end
  local function while_open(act)
    return function(event)
      if open ~= preview or not current() then
        vim.api.nvim_clear_autocmds({ group = group })
      else
        act(event)
      end
    end
  end
  on({ 'TextChanged', 'TextChangedI', 'TextChangedP' }, 'Show what was typed in the preview', while_open(function(event)
    if event.buf == preview.source then
      refresh()
    end
  end))
  on({ 'CursorMoved', 'CursorMovedI' }, 'Keep the preview and the text at the same place', while_open(function(event)
    if event.buf == preview.source then
      follow_source(preview)
    elseif event.buf == preview.buffer then
      follow_preview(preview)
    end
  end))
  on({ 'BufEnter', 'LspAttach' }, 'Show the text that the drafter turned to', while_open(function(event)
    if vim.bo[event.buf].filetype == 'resmark' and event.buf == vim.api.nvim_get_current_buf() then
      turn_to(preview, event.buf)
      refresh()
    end
  end))
  on('WinResized', 'Fold the lines of the preview anew', while_open(function()
    if vim.list_contains(vim.v.event.windows or {}, preview.window) then
      refresh()
    end
  end))
  on('LspProgress', 'Show the cited resolutions as they are known', while_open(function(event)
    if vim.tbl_get(event, 'data', 'params', 'value', 'kind') == 'end' then
      refresh()
    end
  end))
end

--- The view that is shown, or that a preview would show.
---@return string
function M.view()
  local preview = current()
  return preview and preview.view or resmark.options().view or 'tracked'
end

--- Opens the preview of the current buffer beside it, or shows that buffer in the one that is open.
---@param view? string one of `VIEWS`
function M.open(view)
  local source = panel.source()
  local preview = current()
  if not server.needed(source, 'the preview') then
    return
  elseif preview then
    preview.view = view or preview.view
    turn_to(preview, source)
    refresh()
    return
  end
  local name = 'resmark-preview:' .. vim.fn.fnamemodify(vim.api.nvim_buf_get_name(source), ':t')
  local window, buffer = panel.open(name, source, { split = 'right', win = vim.api.nvim_get_current_win() })
  vim.wo[window][0].breakindent = false
  -- As the text beside it is shown, for scripts that are written from the right.
  vim.wo[window][0].rightleft = vim.wo[vim.api.nvim_get_current_win()].rightleft
  preview = {
    source = source,
    window = window,
    buffer = buffer,
    view = view or M.view(),
    lines = {},
    asking = false,
    again = false,
  }
  open = preview
  vim.bo[buffer].filetype = 'resmark-preview'
  keys(preview)
  watch(preview)
  refresh()
end

--- Closes the preview.
function M.close()
  local preview = current()
  open = nil
  vim.api.nvim_clear_autocmds({ group = group })
  if preview then
    panel.close(preview.window)
  end
end

--- Shows another view, in the preview that is open or in one that is opened.
---@param view string one of `VIEWS`
function M.set_view(view)
  local preview = current()
  if not preview then
    M.open(view)
  elseif preview.view ~= view then
    preview.view = view
    refresh()
  end
end

return M
