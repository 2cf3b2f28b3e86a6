--- What the scripts share that drive a headless Neovim: waiting, reading what is shown, and saying what failed.
local M = {}

--- How long anything may take, in milliseconds: the machine may have two slow cores. Who looks for a mistake wants less.
local PATIENCE = tonumber(vim.env.RESMARK_PATIENCE) or 60000

--- Waits until `holds()` is neither false nor nil, and returns that value; false or nil when that never comes.
function M.eventually(holds)
  local value
  vim.wait(PATIENCE, function()
    value = holds()
    return value ~= nil and value ~= false
  end, 20)
  return value
end

--- The same; it fails when that never comes.
function M.wait(what, holds)
  return M.eventually(holds) or error(('waited in vain until %s'):format(what), 2)
end

--- Opens a file, unless it is open since Neovim started, and waits for the server to attach to it.
function M.open(path)
  if vim.fn.expand('%') ~= path then
    vim.cmd.edit(vim.fn.fnameescape(path))
  end
  return M.wait(path .. ' has the server', function()
    local client = vim.lsp.get_clients({ name = 'resmark', bufnr = 0 })[1]
    return client and client.initialized and client or nil
  end)
end

--- Waits until the server has read the whole folder, and the editor shows all that was found in the current buffer: what
--- is found before depends on how far the server is.
function M.read(client)
  M.wait('the folder has been read, and what was found is shown', function()
    local status = M.ask(client, 'resmark/status', { textDocument = { uri = vim.uri_from_bufnr(0) } })
    local found = 0
    for _, number in pairs(status and status.findings or {}) do
      found = found + number
    end
    return status and not status.reading and #vim.diagnostic.get(0) == found
  end)
end

--- All findings about the current buffer, of which there are some, in text order.
function M.findings(client)
  M.read(client)
  local found = vim.diagnostic.get(0)
  if #found == 0 then
    error('there are no findings', 2)
  end
  table.sort(found, function(a, b)
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  return found
end

--- Puts the cursor into the first place of `text`, at or below line `from` (1 when it is not given).
function M.find(text, from)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local start = number >= (from or 1) and line:find(text, 1, true)
    if start then
      vim.api.nvim_win_set_cursor(0, { number, start - 1 })
      return number
    end
  end
  error(('the text %q is not here'):format(text), 2)
end

--- The text of the one line `number`.
function M.line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
end

--- Types keys, as a drafter would.
function M.type(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'mtx', false)
end

--- Presses `K` and returns the text of the window that opens.
function M.hover()
  local before = vim.api.nvim_list_wins()
  M.type('K')
  local window = M.wait('a preview opens', function()
    return vim.iter(vim.api.nvim_list_wins()):find(function(it)
      return not vim.list_contains(before, it)
    end)
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
  vim.api.nvim_win_close(window, true)
  return text
end

--- Presses `gd` and waits until another place is shown; returns the buffer's name.
function M.definition()
  local buffer, cursor = vim.api.nvim_get_current_buf(), vim.api.nvim_win_get_cursor(0)
  M.type('gd')
  M.wait('the definition opens', function()
    return vim.api.nvim_get_current_buf() ~= buffer or not vim.deep_equal(vim.api.nvim_win_get_cursor(0), cursor)
  end)
  return vim.api.nvim_buf_get_name(0)
end

--- Asks the server and waits for its answer.
function M.ask(client, method, params)
  local answer, problem = require('resmark.server').ask(client, method, params, PATIENCE)
  if problem then
    error(problem, 2)
  end
  return answer
end

--- Fails when `value` is false or nil.
function M.check(what, value)
  if not value then
    error('not so: ' .. what, 2)
  end
end

--- Fails when the two are not the same.
function M.same(what, actual, expected)
  if not vim.deep_equal(actual, expected) then
    error(('%s\n  is:       %s\n  expected: %s'):format(what, vim.inspect(actual), vim.inspect(expected)), 2)
  end
end

--- Runs `script` and ends Neovim: with 0 when it comes to its end, with 1 and the reason when it does not.
function M.run(script)
  vim.o.swapfile = false
  local ok, problem = xpcall(script, debug.traceback)
  if not ok then
    io.stderr:write(tostring(problem), '\n')
    vim.cmd('cquit 1')
  end
  vim.cmd('qall!')
end

return M
