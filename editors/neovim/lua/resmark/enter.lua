--- Enter in a list: the server says how the next clause begins, or that the list ends. Neovim before 0.12 asks no server
--- what follows a typed key, so this does; the key itself is not mapped, so that completion, abbreviations and other
--- plugins do with it what they do. `o` is Enter at the end of the line.
local M = {}

local server = require('resmark.server')

local keys = vim.api.nvim_create_namespace('resmark.enter.keys')
local cursor = vim.api.nvim_create_namespace('resmark.enter.cursor')

--- How long Enter may wait for the server, in milliseconds, unless the drafter says so. What is typed meanwhile comes
--- behind.
local PATIENCE = 500

--- What ends an insertion.
local CLOSE = '++}'

--- Where Enter was pressed last: in which buffer, how many lines it had, and in which of them the cursor was.
---@type { buffer: integer, lines: integer, row: integer }?
local pressed

---@param key string
local function note(key)
  if key == '\r' or key == '\n' or key == vim.keycode('<kEnter>') then
    local buffer = vim.api.nvim_get_current_buf()
    pressed = { buffer = buffer, lines = vim.api.nvim_buf_line_count(buffer), row = vim.api.nvim_win_get_cursor(0)[1] }
  end
end

--- Applies edits; the cursor stays behind what is put where it stands, but inside of an insertion that ends there.
---@param buffer integer
---@param edits lsp.TextEdit[]
---@param encoding string
local function apply(buffer, edits, encoding)
  local at = vim.api.nvim_win_get_cursor(0)
  local mark = vim.api.nvim_buf_set_extmark(buffer, cursor, at[1] - 1, at[2], { right_gravity = true })
  local behind = vim.api.nvim_get_current_line():sub(at[2] + 1)
  vim.lsp.util.apply_text_edits(edits, buffer, encoding)
  local place = vim.api.nvim_buf_get_extmark_by_id(buffer, cursor, mark, {})
  vim.api.nvim_buf_del_extmark(buffer, cursor, mark)
  local line = vim.api.nvim_buf_get_lines(buffer, place[1], place[1] + 1, false)[1] or ''
  local column = place[2]
  if behind == '' and vim.endswith(line, CLOSE) and column == #line then
    column = column - #CLOSE
  end
  vim.api.nvim_win_set_cursor(0, { place[1] + 1, column })
end

--- What follows when Enter has begun a new line.
---@param buffer integer
local function follow_up(buffer)
  local before = pressed
  pressed = nil
  local at = vim.api.nvim_win_get_cursor(0)
  local began = before
    and before.buffer == buffer
    and vim.api.nvim_buf_line_count(buffer) == before.lines + 1
    and at[1] == before.row + 1
  local client = began and server.client(buffer)
  if not client then
    return
  end
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params.ch = '\n'
  params.options = { tabSize = vim.fn.shiftwidth(), insertSpaces = vim.bo[buffer].expandtab }
  local patience = require('resmark').options().enter
  patience = type(patience) == 'number' and patience or PATIENCE
  local edits = server.ask(client, 'textDocument/onTypeFormatting', params, patience)
  if edits and #edits > 0 then
    apply(buffer, edits, client.offset_encoding)
  end
end

--- Watches Enter in `buffer`, unless the drafter does not want that.
---@param buffer integer
function M.follow(buffer)
  if require('resmark').options().enter == false then
    return
  end
  local group = vim.api.nvim_create_augroup('resmark.enter.' .. buffer, {})
  local function on(event, what, callback)
    vim.api.nvim_create_autocmd(event, { group = group, buffer = buffer, desc = what, callback = callback })
  end
  -- Where the cursor was, and how many lines there were, before Insert mode began.
  local seen
  local function look()
    seen = { buffer = buffer, lines = vim.api.nvim_buf_line_count(buffer), row = vim.api.nvim_win_get_cursor(0)[1] }
  end
  on({ 'CursorMoved', 'BufEnter', 'TextChanged' }, 'See where a line is opened', look)
  on('InsertEnter', 'Watch for Enter', function()
    vim.on_key(note, keys)
    if seen and vim.api.nvim_win_get_cursor(0)[1] == seen.row + 1 and vim.trim(vim.api.nvim_get_current_line()) == '' then
      pressed = seen
      -- The text cannot be changed before Insert mode has begun.
      vim.schedule(function()
        if vim.api.nvim_get_current_buf() == buffer and vim.api.nvim_get_mode().mode == 'i' then
          follow_up(buffer)
        end
      end)
    end
  end)
  on({ 'InsertLeave', 'BufLeave' }, 'Watch for Enter no more', function()
    vim.on_key(nil, keys)
    pressed = nil
  end)
  on('TextChangedI', 'Open the next clause', function()
    follow_up(buffer)
  end)
  if vim.api.nvim_get_current_buf() == buffer then
    look()
  end
  -- The server may have come while something is typed.
  if vim.api.nvim_get_current_buf() == buffer and vim.api.nvim_get_mode().mode:sub(1, 1) == 'i' then
    vim.on_key(note, keys)
  end
end

return M
