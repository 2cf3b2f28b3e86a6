-- What Enter does in a list, typed key by key: the next clause, a sub-clause, the end of the list, undo; and what it must
-- leave alone.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')
local typist = require('typist')

local TEXT = [[
*resolves*

1. to mend the benches;
2. to paint them;
3. to report on *resolves* 1 and 2 above,

*invites the cities*

to help with *resolves* 2 and 3 above.
]]

--- Writes `text` to a file of the working folder and returns a drafter who has it open.
local function open(text, options)
  vim.fn.writefile(vim.split(text, '\n'), 'typing.resmark', 'b')
  return typist.open('typing.resmark', options)
end

editor.run(function()
  local drafter = open(TEXT)

  -- The next clause, with what follows; then its words.
  drafter:go_behind('benches;')
  drafter:type('a<CR>')
  local opened = TEXT:gsub('2%. to paint', '2. \n3. to paint', 1)
    :gsub('3%. to report on %*resolves%* 1 and 2', '4. to report on *resolves* 1 and 3')
    :gsub('2 and 3 above%.', '3 and 4 above.')
  drafter:expect('Enter behind a clause', opened)
  drafter:type('to clean them:')
  -- A colon, two sub-clauses, and out of them again.
  drafter:type('<CR>daily;<CR>weekly;<CR><CR>')
  local filled = opened:gsub('2%. \n3%.', '2. to clean them:\n   a) daily;\n   b) weekly;\n3. \n4.', 1)
    :gsub('4%. to report on %*resolves%* 1 and 3', '5. to report on *resolves* 1 and 4')
    :gsub('3 and 4 above%.', '4 and 5 above.')
  drafter:expect('sub-clauses, and out again', filled)
  -- The empty one ends the list, and what had moved on for it moves back.
  drafter:type('<CR>')
  local ended = filled:gsub('3%. \n4%. to paint', '\n\n3. to paint')
    :gsub('5%. to report on %*resolves%* 1 and 4', '4. to report on *resolves* 1 and 3')
    :gsub('4 and 5 above%.', '3 and 4 above.')
  drafter:expect('Enter in an empty clause', ended)
  drafter:type('<Esc>u')
  drafter:expect('one undo takes back what was typed at once', TEXT)

  -- A line that is opened below is Enter at the end of the line; one that is opened above is not.
  drafter:go_behind('1. to')
  drafter:type('o')
  drafter:expect('a line opened below', opened)
  drafter:type('to clean them;<Esc>')
  drafter:expect('with its words', (opened:gsub('2%. \n', '2. to clean them;\n')))
  drafter:type('u')
  drafter:expect('one undo', TEXT)
  drafter:go_behind('2. to')
  drafter:type('Oto clean them;<Esc>')
  drafter:expect('a line opened above', (TEXT:gsub('2%. to paint', 'to clean them;\n2. to paint')))
  drafter:type('u')

  -- What is no end of a clause is left alone, as is a line break that was not typed as Enter.
  drafter:go_behind('report')
  drafter:type('a<CR><Esc>')
  drafter:expect('Enter amid words', (TEXT:gsub('report on', 'report\non')))
  drafter:type('u')
  drafter:go_behind('paint them;')
  drafter:lua([[vim.paste({ '', 'x' }, -1)]])
  drafter:expect('a line break that is pasted', (TEXT:gsub('paint them;', 'paint them;\nx')))
  drafter:type('u')

  -- An entry of the completion menu is taken by Enter, which begins no line then.
  drafter:lua([[vim.o.completeopt = 'menuone' vim.api.nvim_create_autocmd('InsertEnter', { once = true, callback = function()
    vim.schedule(function() vim.fn.complete(vim.fn.col('.'), { 'entirely' }) end)
  end })]])
  drafter:go_behind('paint them')
  drafter:type('a')
  editor.wait('the menu is there', function()
    return drafter:lua('return vim.fn.pumvisible()') == 1
  end)
  drafter:type('<C-y><CR><Esc>')
  drafter:expect('Enter behind a completion', (TEXT:gsub('paint them;', 'paint thementirely\n;')))
  drafter:close()

  -- In a proposal the new clause is an insertion, and typing goes on inside of it.
  drafter = open('MOD X/1\n\n# Resolution 1\n\n*resolves*\n\n1. to mend;\n2. to paint.\n')
  drafter:go_behind('mend;')
  drafter:type('a<CR>to clean;<CR>to wash;<Esc>')
  drafter:expect(
    'a tracked text',
    'MOD X/1\n\n# Resolution 1\n\n*resolves*\n\n1. to mend;\n{++2. to clean;++}\n{++3. to wash;++}\n{~~2~>4~~}. to paint.\n'
  )
  drafter:type('u')
  drafter:expect('undone', 'MOD X/1\n\n# Resolution 1\n\n*resolves*\n\n1. to mend;\n2. to paint.\n')
  drafter:close()

  -- A file of another system, and its line ends.
  drafter = open('1. 甲😀；\r\n2. 乙；\r\n')
  drafter:go_behind('甲😀；')
  drafter:type('a<CR>丙；<Esc>')
  drafter:expect('line ends', '1. 甲😀；\n2. 丙；\n3. 乙；\n')
  editor.same('of another system', drafter:lua('return vim.bo.fileformat'), 'dos')
  drafter:close()

  -- Nobody has to have it.
  drafter = open('1. x;\n', { enter = false })
  drafter:go_behind('x;')
  drafter:type('a<CR><Esc>')
  drafter:expect('switched off', '1. x;\n\n')
  drafter:close()
end)
