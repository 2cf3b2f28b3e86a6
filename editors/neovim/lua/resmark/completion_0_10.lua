--- What Neovim has of itself from 0.11 on: the list opens by itself, and a skeleton is put in by its places to fill in.
local M = {}

local server = require('resmark.server')
local text = require('resmark.text')

--- What a completion is that has places to fill in.
local SNIPPET = 2

local group = vim.api.nvim_create_augroup('resmark.completion_0_10', {})

--- Nothing is put in before it is chosen. The option is one for all buffers, so it is set only until Insert mode ends.
local OPTIONS = 'menuone,noselect,noinsert'
local options_before

--- Where the list that is open begins, and whether more of it comes with the next key.
---@type { buffer: integer, row: integer, column: integer, incomplete: boolean }?
local open

--- What Neovim takes for an item.
---@param item lsp.CompletionItem
local function entry(item)
  local edit = item.textEdit
  local documentation = item.documentation
  return vim.tbl_extend('force', {
    word = item.insertTextFormat == SNIPPET and item.label or edit and edit.newText or item.insertText or item.label,
    abbr = item.label,
    kind = vim.lsp.protocol.CompletionItemKind[item.kind] or '',
    info = type(documentation) == 'table' and documentation.value or documentation,
    icase = 1,
    dup = 1,
    empty = 1,
    user_data = { nvim = { lsp = { completion_item = item } } },
  }, require('resmark.completion').convert(item))
end

--- The column at which what an item takes the place of begins.
---@param items lsp.CompletionItem[]
---@param line string
---@param cursor integer
---@param encoding string
local function start_of(items, line, cursor, encoding)
  local start
  for _, item in ipairs(items) do
    local at = item.textEdit and item.textEdit.range and text.byte(line, item.textEdit.range.start.character, encoding)
    start = at and math.min(start or at, at) or start
  end
  return start or vim.fn.match(line:sub(1, cursor), '\\k*$')
end

--- Asks for the list where the cursor is, and opens it.
---@param buffer integer
---@param context table
local function ask(buffer, context)
  local client = server.client(buffer)
  if not client then
    return
  end
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params.context = context
  local asked = vim.api.nvim_win_get_cursor(0)
  server.request(client, 'textDocument/completion', params, buffer, function(result)
    local items = result and (result.items or result) or {}
    local at = vim.api.nvim_win_get_cursor(0)
    local here = vim.api.nvim_get_current_buf() == buffer and vim.deep_equal(at, asked)
    if not here or vim.api.nvim_get_mode().mode:sub(1, 1) ~= 'i' then
      return
    end
    table.sort(items, function(a, b)
      return (a.sortText or a.label) < (b.sortText or b.label)
    end)
    local line = vim.api.nvim_get_current_line()
    local start = start_of(items, line, at[2], client.offset_encoding)
    local typed = line:sub(start + 1, at[2])
    items = vim.tbl_filter(function(item)
      return not typed:find('%w') or not item.filterText or vim.startswith(item.filterText:lower(), typed:lower())
    end, items)
    options_before = options_before or vim.o.completeopt
    vim.o.completeopt = OPTIONS
    vim.fn.complete(start + 1, vim.tbl_map(entry, items))
    -- A list that was open before is done with only now.
    open = { buffer = buffer, row = at[1], column = start, incomplete = result ~= nil and result.isIncomplete == true }
  end)
end

--- Puts in the skeleton that was chosen, in place of its name.
local function done()
  local before = open
  open = nil
  local item = vim.tbl_get(vim.v.completed_item, 'user_data', 'nvim', 'lsp', 'completion_item')
  if not item or not before or item.insertTextFormat ~= SNIPPET then
    return
  end
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local body = item.textEdit and item.textEdit.newText or item.insertText
  if body and row == before.row and column >= before.column then
    vim.api.nvim_buf_set_text(0, row - 1, before.column, row - 1, column, {})
    vim.snippet.expand(body)
  end
end

--- CTRL-X CTRL-O: the list comes as soon as the server has answered.
function M.omnifunc(findstart)
  if findstart == 1 then
    ask(vim.api.nvim_get_current_buf(), { triggerKind = 1 })
    return -2
  end
  return {}
end

--- Lets the list open on CTRL-X CTRL-O, and with `by_itself` while typing.
---@param buffer integer
---@param client vim.lsp.Client
---@param by_itself boolean
function M.follow(buffer, client, by_itself)
  vim.bo[buffer].omnifunc = "v:lua.require'resmark.completion_0_10'.omnifunc"
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  vim.api.nvim_create_autocmd('CompleteDone', { group = group, buffer = buffer, callback = done })
  vim.api.nvim_create_autocmd({ 'InsertLeave', 'BufLeave' }, {
    group = group,
    buffer = buffer,
    callback = function()
      if options_before then
        vim.o.completeopt, options_before = options_before, nil
      end
    end,
  })
  if not by_itself then
    return
  end
  local triggers = vim.tbl_get(client.server_capabilities, 'completionProvider', 'triggerCharacters') or {}
  local typed
  vim.api.nvim_create_autocmd('InsertCharPre', {
    group = group,
    buffer = buffer,
    callback = function()
      typed = vim.v.char
    end,
  })
  vim.api.nvim_create_autocmd({ 'TextChangedI', 'TextChangedP' }, {
    group = group,
    buffer = buffer,
    desc = 'Open the list of completions',
    callback = function(event)
      local char = typed
      typed = nil
      if event.event == 'TextChangedP' then
        if char and open and open.incomplete then
          ask(buffer, { triggerKind = 3 })
        end
      elseif char and vim.list_contains(triggers, char) then
        ask(buffer, { triggerKind = 2, triggerCharacter = char })
      end
    end,
  })
end

return M
