-- Moving by sections and clauses, and both as text objects; `gf`, `gx`, `gq` and `:find`. The parser alone.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

local TEXT = [[
MOD X/1

# Resolution 1

*resolves*

1. to mend:
   a) daily;
   b) weekly,
      and more 雨；
{++2. to clean;++}
{~~2~>3~~}. to paint.

*invites the cities*

to help.
]]

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

--- The text after `keys` were typed at the first place of `words`, and as it was again.
local function after(words, keys)
  editor.find(words)
  editor.type(keys)
  local result = text()
  vim.cmd('silent! undo')
  return result
end

editor.run(function()
  vim.g.resmark = { lsp = false }
  vim.cmd.edit('moving.resmark')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(vim.trim(TEXT), '\n'))
  local before = text()
  local function same(what, words, keys, pattern, replacement)
    editor.same(what .. ' (' .. keys .. ')', after(words, keys), (before:gsub(pattern, replacement, 1)))
    editor.same('undone', text(), before)
  end
  same('a clause', 'a) daily', 'dac', '   a%) daily;\n', '')
  same('a clause further out', 'a) daily', 'd2ac', '1%. to mend:.-雨；\n', '')
  same('its words', 'daily', 'cicnightly', 'daily;', 'nightly')
  same('from its label', '1. to', 'cicto sell', 'to mend:', 'to sell')
  same('over two lines', 'weekly', 'dic', 'weekly,\n      and more 雨；', '')
  same('in an insertion', '2. to clean', 'cicto wash', 'to clean;', 'to wash')
  same('behind a changed label', 'to paint', 'dic', 'to paint%.', '')
  same('a section', 'a) daily', 'daS', '%*resolves.-paint%.\n\n', '')
  same('what is below its heading', 'a) daily', 'diS', '1%. to mend.-paint%.\n', '')
  same('in Visual mode', 'a) daily', 'vicd', 'daily;', '')

  editor.find('# Resolution 1')
  local function goes(keys, words)
    editor.type(keys)
    editor.check(keys .. ' goes to: ' .. vim.api.nvim_get_current_line(), vim.api.nvim_get_current_line():find(words, 1, true))
  end
  goes(']]', '*resolves*')
  goes(']m', '1. to mend')
  goes(']m', 'a) daily')
  goes('2]m', '{++2.')
  goes('[m', 'b) weekly')
  goes(']]', '*invites')
  goes('[[', '*resolves*')
  goes('d]m', '1. to mend')
  vim.cmd('silent undo')

  -- A section folds, and its line stays readable.
  editor.find('*resolves*')
  editor.wait('there are folds', function()
    vim.cmd('normal! zx')
    return vim.fn.foldlevel('.') > 0
  end)
  vim.cmd('normal! zc')
  editor.same('the fold', vim.fn.foldclosedend('.'), 12)
  vim.cmd('normal! zR')

  editor.find('daily')
  editor.type('gcc')
  editor.same('a comment', editor.line(8), '   {>>a) daily;<<}')
  vim.cmd('silent undo')
  vim.bo.modified = false

  -- Files of the workspace, with what points into them.
  vim.cmd.edit('start-here.resmark')
  vim.cmd('silent! find wtdc-191')
  editor.same(':find', vim.fn.expand('%:t'), 'wtdc-191.resmark')
  vim.api.nvim_buf_set_lines(0, 0, 1, false, { 'see practice/numbering.resmark#resolves-2 for more' })
  editor.find('practice')
  vim.cmd('silent! normal! gf')
  editor.same('gf', vim.fn.expand('%:t'), 'numbering.resmark')
end)
