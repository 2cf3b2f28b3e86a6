--- A window beside the text, for what is shown about it: it cannot be changed, and `q` closes it.
local M = {}

local resmark = require('resmark')
local server = require('resmark.server')

--- Opens a window beside or below the text, without going there, and returns the window and its new buffer, which is gone
--- when it is hidden.
---@param name string what the buffer is called
---@param source integer the buffer that is shown there: commands that are typed in the window are about it
---@param place vim.api.keyset.win_config where the window is
---@return integer window
---@return integer buffer
function M.open(name, source, place)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].modifiable = false
  vim.b[buffer].resmark_source = source
  local window = vim.api.nvim_open_win(buffer, false, place)
  for option, value in pairs({
    number = false,
    relativenumber = false,
    signcolumn = 'no',
    foldcolumn = '0',
    colorcolumn = '',
    list = false,
    spell = false,
    wrap = true,
    linebreak = true,
    breakindent = true,
    cursorline = true,
    winfixbuf = true,
    foldenable = false,
  }) do
    vim.wo[window][0][option] = value
  end
  pcall(vim.api.nvim_buf_set_name, buffer, name)
  vim.keymap.set('n', 'q', function()
    M.close(window)
  end, { buffer = buffer, nowait = true, desc = 'Close this window' })
  return window, buffer
end

--- The buffer that a command is about: the current one, or the one that is shown in the current window.
---@return integer
function M.source()
  local source = vim.b.resmark_source
  return source and vim.api.nvim_buf_is_valid(source) and source or vim.api.nvim_get_current_buf()
end

--- Closes a window, unless it is the last one.
---@param window integer
function M.close(window)
  if vim.api.nvim_win_is_valid(window) and not pcall(vim.api.nvim_win_close, window, true) then
    vim.wo[window].winfixbuf = false
    vim.api.nvim_win_call(window, vim.cmd.enew)
  end
end

--- Puts `lines` into a buffer of a panel, unless they stand there already; each of its windows stays where it is.
---@param buffer integer
---@param lines string[]
function M.fill(buffer, lines)
  if vim.deep_equal(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), lines) then
    return
  end
  local views = {}
  for _, window in ipairs(vim.fn.win_findbuf(buffer)) do
    views[window] = vim.api.nvim_win_call(window, vim.fn.winsaveview)
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
  for window, view in pairs(views) do
    vim.api.nvim_win_call(window, function()
      vim.fn.winrestview(view)
    end)
  end
end

--- Asks the server for what a panel shows. While an answer is awaited no other is asked for; what changed meanwhile is
--- asked for then.
---@param shown { source: integer, asking?: boolean, again?: boolean } the panel: the text that it is about
---@param method string
---@param with { params: (fun(): table), is_open: (fun(): boolean), draw: fun(answer: table), close: fun() }
function M.ask(shown, method, with)
  if not vim.api.nvim_buf_is_valid(shown.source) then
    return
  elseif shown.asking then
    shown.again = true
    return
  end
  local client = server.client(shown.source)
  if not client then
    return
  end
  shown.asking, shown.again = true, false
  local asked = with.params()
  server.request(client, method, asked, shown.source, function(answer, problem)
    shown.asking = false
    if not with.is_open() or not vim.api.nvim_buf_is_valid(shown.source) then
      return
    elseif problem then
      with.close()
      resmark.say(problem, vim.log.levels.WARN)
      return
    end
    -- It may be about another text by now, or another view of it.
    local is_current = vim.deep_equal(asked, with.params())
    if answer and is_current then
      with.draw(answer)
    end
    if shown.again or not is_current then
      M.ask(shown, method, with)
    end
  end)
end

--- A window that shows `buffer`: one of this tab page, or the one before, which is then made to.
---@param buffer integer
---@return integer? window
function M.window_of(buffer)
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.api.nvim_win_get_buf(window) == buffer then
      return window
    end
  end
end

--- Goes to a place, in a window that shows its text or else in `fallback`, and remembers where the cursor was.
---@param location lsp.Location
---@param encoding string
---@param fallback? integer a window
function M.go(location, encoding, fallback)
  local buffer = vim.uri_to_bufnr(location.uri)
  local window = M.window_of(buffer) or fallback
  if window and vim.api.nvim_win_is_valid(window) then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd('leftabove vsplit')
    vim.wo.winfixbuf = false
  end
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.util.show_document(location, encoding, { focus = true })
  else
    vim.lsp.util.jump_to_location(location, encoding, true)
  end
end

return M
