--- The preview and the picture of the citations in the browser. The server serves them on 127.0.0.1, under an address that
--- nobody can guess.
local M = {}

local resmark = require('resmark')
local server = require('resmark.server')

local group = vim.api.nvim_create_augroup('resmark.browser', {})

--- The buffers whose pages scroll along, with the line that they were told last.
---@type table<integer, integer>
local scrolled = {}

--- Opens an address, and says it: where no browser can be opened, or only on another machine, it can be copied from there.
---@param url string
---@param what string
local function show(url, what)
  local ok, opened, problem = pcall(vim.ui.open, url)
  local far = vim.env.SSH_CONNECTION and url:match('^%a+://127%.0%.0%.1:(%d+)')
  if ok and opened and not far then
    resmark.say(('%s is in the browser: %s'):format(what, url))
  elseif far then
    resmark.say(('%s: %s — from your own machine, after `ssh -L %s:127.0.0.1:%s …`'):format(what, url, far, far))
  else
    resmark.say(
      ('%s: open %s in a browser. None could be opened from here (%s).'):format(what, url, ok and problem or opened or 'unknown'),
      vim.log.levels.WARN
    )
  end
end

--- Tells the pages of `buffer` which line is the first that can be seen.
---@param buffer integer
local function scroll(buffer)
  local client = server.client(buffer)
  local line = vim.fn.line('w0') - 1
  if client and vim.api.nvim_get_current_buf() == buffer and scrolled[buffer] ~= line then
    scrolled[buffer] = line
    server.notify(client, 'resmark/previewScroll', { textDocument = { uri = vim.uri_from_bufnr(buffer) }, line = line })
  end
end

--- Lets the pages of `buffer` scroll along with it.
---@param buffer integer
local function scroll_along(buffer)
  scrolled[buffer] = scrolled[buffer] or -1
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  vim.api.nvim_create_autocmd({ 'WinScrolled', 'CursorMoved', 'BufEnter' }, {
    group = group,
    buffer = buffer,
    desc = 'Scroll the preview in the browser along',
    callback = function()
      scroll(buffer)
    end,
  })
end

--- Opens a page about the current buffer in the browser.
---@param page 'resolution'|'graph'
---@param view? string one of the views of `resmark.preview`
function M.open(page, view)
  local buffer = require('resmark.panel').source()
  local what = page == 'graph' and 'the picture of the citations' or 'the preview'
  local client = server.needed(buffer, what)
  if not client then
    return
  end
  local names = { ['in-force'] = 'inForce', tracked = 'tracked', ['as-amended'] = 'asAmended' }
  server.request(client, 'resmark/previewAddress', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    page = page,
    view = names[view or require('resmark.preview').view()],
  }, buffer, function(answer, problem)
    if problem or not answer then
      resmark.say(problem or 'the server has no page about this text.', vim.log.levels.WARN)
      return
    end
    show(answer.url, what)
    if page == 'resolution' and vim.api.nvim_buf_is_valid(buffer) then
      scroll_along(buffer)
    end
  end)
end

return M
