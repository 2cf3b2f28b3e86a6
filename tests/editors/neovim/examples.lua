-- The example workspace: findings, previews, definitions, a page of the catalogue, renumbering.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

--- The findings on the line that `text` is in, by their ids.
local function ids_at(text)
  local line = editor.find(text) - 1
  return vim.tbl_map(function(finding)
    return finding.code
  end, vim.diagnostic.get(0, { lnum = line }))
end

local function contains(text, part)
  editor.check(('%q is in:\n%s'):format(part, text), text:find(part, 1, true))
end

editor.run(function()
  editor.read(editor.open('start-here.resmark'))
  local start = vim.api.nvim_get_current_buf()

  -- The five places that the examples' own page names.
  editor.same('outdated when written', ids_at('a) Resolution 140'), { 'citation/outdated' })
  editor.same('revised since', ids_at('b) Resolution 70'), { 'citation/revised-since' })
  editor.same('no such clause', ids_at('recalling* e)'), { 'reference/dangling' })
  editor.same('a gap', ids_at('4. to invite'), { 'numbering/gap' })
  editor.same('in force no more', ids_at('Resolution 172'), { 'citation/abrogated' })
  editor.same('nothing else', #vim.diagnostic.get(0), 5)

  -- A resolution of the workspace, a clause of it, and one that only the catalogue knows.
  editor.find('Resolution 191')
  local preview = editor.hover()
  contains(preview, '191')
  editor.find('resolves 2 of Resolution 191')
  contains(editor.hover(), '2')
  editor.find('Resolution 140')
  contains(editor.hover(), '2022')

  editor.find('Resolution 191')
  contains(editor.definition(), 'itu/wtdc-191.resmark')
  vim.api.nvim_set_current_buf(start)
  editor.find('4 above every second year')
  editor.definition()
  editor.same('a reference leads to its clause', vim.api.nvim_get_current_line():sub(1, 12), '4. to invite')

  vim.api.nvim_set_current_buf(start)
  editor.find('Resolution 70')
  contains(editor.definition(), 'resmark-catalogue:/PP-70')
  contains(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'), '2022')
  editor.same('read only', { vim.bo.modifiable, vim.bo.buftype, vim.bo.filetype }, { false, 'nofile', 'markdown' })

  -- Labels and references change in one step, and one undo takes it back.
  vim.api.nvim_set_current_buf(start)
  local before = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  editor.find('4. to invite')
  vim.cmd('Resmark renumber list')
  editor.find('3. to invite')
  editor.find('4. to review progress on *resolves* 3 above')
  editor.find('*resolves* 2 b) and 4 above')
  editor.wait('the gap is gone', function()
    return #vim.diagnostic.get(0) == 4
  end)
  vim.cmd('undo')
  editor.same('one undo', vim.api.nvim_buf_get_lines(0, 0, -1, false), before)
end)
