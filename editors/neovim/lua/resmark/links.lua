--- `gx` and `gf`: the web address, the file or the citation under the cursor.
local M = {}

local resmark = require('resmark')
local server = require('resmark.server')
local text = require('resmark.text')

--- The address that the server knows of at the cursor.
---@param client vim.lsp.Client
---@return string?
local function target(client)
  local params = { textDocument = { uri = vim.uri_from_bufnr(0) } }
  local links = server.ask(client, 'textDocument/documentLink', params, 2000)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local line = vim.api.nvim_get_current_line()
  for _, link in ipairs(links or {}) do
    local from, to = link.range.start, link.range['end']
    if from.line == row - 1 and to.line == row - 1 then
      local first = text.byte(line, from.character, client.offset_encoding)
      local last = text.byte(line, to.character, client.offset_encoding)
      if first <= column and column < last then
        local resolved = link.target and link or server.ask(client, 'documentLink/resolve', link, 2000)
        return resolved and resolved.target
      end
    end
  end
end

--- Opens the web address under the cursor in the browser, or what is cited there in Neovim.
function M.open()
  local word = vim.fn.expand('<cWORD>')
  local address = word:match('https?://[^%s<>"“”]+')
  if address then
    -- What closes a sentence is none of the address.
    address = address:gsub('[.,;:!?)%]]+$', '')
  else
    local client = server.client(vim.api.nvim_get_current_buf())
    address = client and target(client)
  end
  if not address then
    resmark.say('there is no link here. `gd` goes to what a citation or reference names.')
  elseif address:find('^https?:') or address:find('^mailto:') then
    local ok, opened, problem = pcall(vim.ui.open, address)
    if not ok or not opened then
      resmark.say(('%s could not be opened: %s'):format(address, ok and problem or opened), vim.log.levels.WARN)
    end
  else
    vim.lsp.buf.definition()
  end
end

--- Goes to the file whose name stands under the cursor, or to what is cited there.
function M.file()
  local name = vim.fn.expand('<cfile>')
  if name ~= '' and vim.fn.findfile(name) ~= '' then
    vim.cmd('normal! gf')
  else
    vim.lsp.buf.definition()
  end
end

--- A file's name without what points into it, `#resolves-2`: see 'includeexpr'.
---@param name string
---@return string
function M.include(name)
  return (name:gsub('#.*$', ''))
end

--- The folders in which `gf` and `:find` look: that of the file and the workspace's.
---@param buffer integer
---@return string
function M.path(buffer)
  local file = vim.api.nvim_buf_get_name(buffer)
  if file == '' or file:find('^%a[%w+.-]+:') then
    return '.,,'
  end
  local root = require('resmark.server').root_of(file)
  return '.,,' .. vim.fn.escape(root, ' ,\\') .. '/**'
end

return M
