--- Keys, all local to the buffer and documented in `:help resmark-keys`. A drafter's own mapping of the same name wins.
local M = {}

local resmark = require('resmark')

---@param buffer integer
---@param modes string|string[]
---@param keys string
---@param plug string
---@param action function
---@param what string
local function map(buffer, modes, keys, plug, action, what)
  vim.keymap.set(modes, plug, action, { buffer = buffer, desc = what })
  for _, mode in ipairs(type(modes) == 'table' and modes or { modes }) do
    if vim.fn.hasmapto(plug, mode) == 0 then
      vim.keymap.set(mode, keys, plug, { buffer = buffer, remap = true, desc = what })
    end
  end
end

--- Keys that need no server: between sections and clauses, and both as text objects.
---@param buffer integer
function M.always(buffer)
  if resmark.options().keys == false then
    return
  end
  --- `resmark.structure` is read when one of the keys is pressed.
  local function call(name, ...)
    local arguments = { ... }
    return function()
      require('resmark.structure')[name](unpack(arguments))
    end
  end
  local moves, objects = { 'n', 'x', 'o' }, { 'x', 'o' }
  map(buffer, moves, ']]', '<Plug>(resmark-next-section)', call('to_section', 1), 'Next section')
  map(buffer, moves, '[[', '<Plug>(resmark-previous-section)', call('to_section', -1), 'Previous section')
  map(buffer, moves, ']m', '<Plug>(resmark-next-clause)', call('to_clause', 1), 'Next clause')
  map(buffer, moves, '[m', '<Plug>(resmark-previous-clause)', call('to_clause', -1), 'Previous clause')
  map(buffer, objects, 'ac', '<Plug>(resmark-a-clause)', call('select_clause'), 'A clause with its sub-clauses')
  map(buffer, objects, 'ic', '<Plug>(resmark-inner-clause)', call('select_inside_clause'), 'The words of a clause')
  -- `as` and `is` are sentences.
  map(buffer, objects, 'aS', '<Plug>(resmark-a-section)', call('select_section'), 'A section')
  map(buffer, objects, 'iS', '<Plug>(resmark-inner-section)', call('select_inside_section'), 'What is below a heading')
end

--- Neovim's own keys of later versions, for who has mapped nothing there.
---@param buffer integer
---@param client vim.lsp.Client
local function of_later_versions(buffer, client)
  local function default(modes, keys, action, what)
    for _, mode in ipairs(modes) do
      if vim.fn.maparg(keys, mode) == '' then
        vim.keymap.set(mode, keys, action, { buffer = buffer, desc = what })
      end
    end
  end
  if vim.fn.has('nvim-0.11') == 0 then
    default({ 'n' }, 'grn', vim.lsp.buf.rename, 'Give the clause another number')
    default({ 'n', 'x' }, 'gra', vim.lsp.buf.code_action, 'Choose a fix')
    default({ 'n' }, 'grr', vim.lsp.buf.references, 'List who refers to this')
    default({ 'n' }, 'gri', vim.lsp.buf.implementation, 'Go to who revised this')
    default({ 'n' }, 'gO', vim.lsp.buf.document_symbol, 'Show the outline')
    default({ 'i' }, '<C-s>', vim.lsp.buf.signature_help, 'Show the signature')
    for key, direction in pairs({ ['<Tab>'] = 1, ['<S-Tab>'] = -1 }) do
      default({ 'i', 's' }, key, function()
        if not vim.snippet.active({ direction = direction }) then
          vim.api.nvim_feedkeys(vim.keycode(key), 'n', false)
        else
          vim.snippet.jump(direction)
        end
      end, 'Go to the next place of the skeleton')
    end
  end
  if vim.fn.has('nvim-0.12') == 0 and client.server_capabilities.typeDefinitionProvider then
    default({ 'n' }, 'grt', vim.lsp.buf.type_definition, 'Go to the versions of this')
  end
end

--- Keys that ask the server. `K`, `grr`, `gra`, `gO` and the others that Neovim defines itself are left alone.
---@param buffer integer
---@param client vim.lsp.Client
function M.with_server(buffer, client)
  if resmark.options().keys == false then
    return
  end
  of_later_versions(buffer, client)
  map(buffer, 'n', 'gd', '<Plug>(resmark-definition)', vim.lsp.buf.definition, 'Go to the resolution or clause')
  map(buffer, 'n', 'gx', '<Plug>(resmark-open)', function()
    require('resmark.links').open()
  end, 'Open the link or citation')
  map(buffer, 'n', 'gf', '<Plug>(resmark-file)', function()
    require('resmark.links').file()
  end, 'Go to the file or what is cited')
  if resmark.options().lens ~= false then
    map(buffer, 'n', 'grx', '<Plug>(resmark-lens)', vim.lsp.codelens.run, 'List the citations counted above this title')
  end
  for keys, scope in pairs({ n = 'list', s = 'section', N = 'document' }) do
    map(buffer, 'n', '<LocalLeader>' .. keys, ('<Plug>(resmark-renumber-%s)'):format(scope), function()
      require('resmark.renumber').run(scope)
    end, 'Renumber this ' .. scope)
  end
  for keys, command in pairs({
    u = { 'update', 'update', 'Update the citations that are out of date' },
    p = { 'preview-split', 'preview split', 'Preview beside the text' },
    P = { 'preview', 'preview', 'Preview in the browser' },
    c = { 'citations', 'citations', 'What this cites, and who cites it' },
  }) do
    map(buffer, 'n', '<LocalLeader>' .. keys, ('<Plug>(resmark-%s)'):format(command[1]), function()
      vim.cmd('Resmark ' .. command[2])
    end, command[3])
  end
end

return M
