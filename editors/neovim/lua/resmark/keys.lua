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

--- Keys that need no server: between sections, and the clause as a text object.
---@param buffer integer
function M.always(buffer)
  if resmark.options().keys == false then
    return
  end
  local structure = require('resmark.structure')
  local moves = { 'n', 'x', 'o' }
  map(buffer, moves, ']]', '<Plug>(resmark-next-section)', function()
    structure.to_section(1)
  end, 'Next section')
  map(buffer, moves, '[[', '<Plug>(resmark-previous-section)', function()
    structure.to_section(-1)
  end, 'Previous section')
  map(buffer, { 'x', 'o' }, 'ac', '<Plug>(resmark-a-clause)', structure.select_clause, 'A clause with its sub-clauses')
end

--- Keys that ask the server. `K`, `grr`, `gra`, `gO` and the others that Neovim defines itself are left alone.
---@param buffer integer
function M.with_server(buffer)
  if resmark.options().keys == false then
    return
  end
  map(buffer, 'n', 'gd', '<Plug>(resmark-definition)', vim.lsp.buf.definition, 'Go to the resolution or clause')
  if resmark.options().lens ~= false then
    map(buffer, 'n', 'grx', '<Plug>(resmark-lens)', vim.lsp.codelens.run, 'List the citations counted above this title')
  end
  for keys, scope in pairs({ n = 'list', s = 'section', N = 'document' }) do
    map(buffer, 'n', '<LocalLeader>' .. keys, ('<Plug>(resmark-renumber-%s)'):format(scope), function()
      require('resmark.renumber').run(scope)
    end, 'Renumber this ' .. scope)
  end
  map(buffer, 'n', '<LocalLeader>u', '<Plug>(resmark-update)', function()
    require('resmark.update').run()
  end, 'Update the citations that are out of date')
end

return M
