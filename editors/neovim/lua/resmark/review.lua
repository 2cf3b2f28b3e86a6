--- Shows changes before they are made, in a window over the text, where each can be left out.
local M = {}

local names = vim.api.nvim_create_namespace('resmark.review')

---@class resmark.Change
---@field line integer from 0
---@field label string what the change is
---@field note? string what to look at
---@field before string the line as it is
---@field after string the line as it would be
---@field chosen? boolean

local FOOT = ' y make them   n leave all   Space in or out   ⏎ look there '

--- Where two lines differ: the bytes before and behind which they are the same, between characters.
---@param one string
---@param other string
---@return integer front how many bytes at the front are the same
---@return integer back how many at the end
local function difference(one, other)
  local shorter, front, back = math.min(#one, #other), 0, 0
  while front < shorter and one:byte(front + 1) == other:byte(front + 1) do
    front = front + 1
  end
  while back < shorter - front and one:byte(#one - back) == other:byte(#other - back) do
    back = back + 1
  end
  -- Not amid a character.
  while front > 0 and front < #one and vim.str_utf_start(one, front + 1) < 0 do
    front = front - 1
  end
  while back > 0 and vim.str_utf_start(one, #one - back + 1) < 0 do
    back = back - 1
  end
  return front, back
end

--- The lines to show, how they are coloured, and which change each belongs to.
---@param changes resmark.Change[]
---@return string[] lines
---@return { row: integer, from: integer, to: integer, highlight: string }[] colours rows from 0, in bytes
---@return integer[] owners
local function lay_out(changes)
  local lines, colours, owners = {}, {}, {}
  local function add(line, owner, highlight, from, to)
    lines[#lines + 1] = line
    owners[#lines] = owner
    colours[#colours + 1] = { row = #lines - 1, from = from or 0, to = to or #line, highlight = highlight }
  end
  for index, change in ipairs(changes) do
    add(('[%s] %d: %s'):format(change.chosen and 'x' or ' ', change.line + 1, change.label), index, 'ResmarkHeading')
    if change.note then
      add('      ' .. change.note, index, 'DiagnosticWarn')
    end
    local before, after = vim.trim(change.before), vim.trim(change.after)
    local front, back = difference(before, after)
    local minus, plus = '    - ' .. before, '    + ' .. after
    if change.chosen then
      add(minus, index, 'ResmarkDeletion', 6 + front, #minus - back)
      add(plus, index, 'ResmarkInsertion', 6 + front, #plus - back)
    else
      add(minus, index, 'ResmarkDetail')
      add(plus, index, 'ResmarkDetail')
    end
  end
  return lines, colours, owners
end

--- Asks which of `changes` to make, all at first, and calls `done` with those. With none of them it is not called.
---@param title string
---@param changes resmark.Change[]
---@param done fun(chosen: resmark.Change[])
function M.ask(title, changes, done)
  for _, change in ipairs(changes) do
    change.chosen = true
  end
  local text_window = vim.api.nvim_get_current_win()
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.bo[buffer].bufhidden = 'wipe'
  local width = math.min(math.max(math.floor(vim.o.columns * 0.9), 60), 120, math.max(vim.o.columns - 4, 20))
  local window = vim.api.nvim_open_win(buffer, true, {
    relative = 'editor',
    width = width,
    height = 1,
    row = 1,
    col = math.floor((vim.o.columns - width) / 2),
    border = 'rounded',
    style = 'minimal',
    title = (' %s '):format(title),
    title_pos = 'center',
    footer = FOOT,
    footer_pos = 'center',
  })
  vim.bo[buffer].filetype = 'resmark-review'
  vim.wo[window].wrap = true
  vim.wo[window].linebreak = true
  vim.wo[window].breakindent = true
  vim.wo[window].breakindentopt = 'shift:2'
  vim.wo[window].cursorline = true

  local owners
  local function draw()
    local lines, colours
    lines, colours, owners = lay_out(changes)
    vim.bo[buffer].modifiable = true
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
    vim.bo[buffer].modifiable = false
    vim.api.nvim_buf_clear_namespace(buffer, names, 0, -1)
    for _, it in ipairs(colours) do
      if it.from < it.to then
        vim.api.nvim_buf_set_extmark(buffer, names, it.row, it.from, { end_col = it.to, hl_group = it.highlight })
      end
    end
  end
  draw()
  -- As high as the text needs, lines that are folded included.
  local height = vim.api.nvim_win_text_height(window, {}).all
  vim.api.nvim_win_set_height(window, math.min(height, math.max(vim.o.lines - 6, 3)))

  local over = false
  local function close()
    over = true
    if vim.api.nvim_win_is_valid(window) then
      vim.api.nvim_win_close(window, true)
    end
  end
  local function map(keys, what, action)
    for _, key in ipairs(keys) do
      vim.keymap.set('n', key, action, { buffer = buffer, nowait = true, desc = what })
    end
  end
  map({ 'y' }, 'Make the changes that are marked', function()
    close()
    local chosen = vim.tbl_filter(function(change)
      return change.chosen
    end, changes)
    if #chosen > 0 then
      done(chosen)
    end
  end)
  map({ 'n', 'q', '<Esc>' }, 'Leave all as it is', close)
  map({ '<Space>', 'x' }, 'Take this change in or out', function()
    local change = changes[owners[vim.api.nvim_win_get_cursor(window)[1]]]
    if change then
      change.chosen = not change.chosen
      draw()
    end
  end)
  map({ '<CR>' }, 'Look at the place', function()
    local change = changes[owners[vim.api.nvim_win_get_cursor(window)[1]]]
    close()
    if change and vim.api.nvim_win_is_valid(text_window) then
      vim.api.nvim_set_current_win(text_window)
      vim.cmd("normal! m'")
      vim.api.nvim_win_set_cursor(text_window, { change.line + 1, 0 })
    end
  end)
  -- Who goes elsewhere may change the text, and these changes would no longer fit.
  vim.api.nvim_create_autocmd('WinLeave', {
    buffer = buffer,
    once = true,
    callback = function()
      if not over then
        vim.schedule(close)
      end
    end,
  })
end

return M
