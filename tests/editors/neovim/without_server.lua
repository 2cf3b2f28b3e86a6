-- The parser alone gives colours, folds, motions and the clause as a text object.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

--- The names of the highlights at the first place of `text`.
local function colours(text)
  local line = editor.find(text)
  local column = vim.api.nvim_win_get_cursor(0)[2]
  return vim.tbl_map(function(capture)
    return capture.capture
  end, vim.treesitter.get_captures_at_pos(0, line - 1, column))
end

--- Whether any of the highlights at `text` is named `prefix`, or more narrowly.
local function has_colour(text, prefix)
  return vim.iter(colours(text)):any(function(name)
    return name == prefix or vim.startswith(name, prefix .. '.')
  end)
end

editor.run(function()
  vim.g.resmark = { lsp = false }
  vim.cmd.edit('start-here.resmark')
  editor.same('the file type', vim.bo.filetype, 'resmark')
  editor.same('no server', #vim.lsp.get_clients(), 0)
  vim.treesitter.get_parser(0):parse(true)

  editor.check('the title is a heading', has_colour('Resolution 190', 'markup.heading'))
  editor.check('a section heading stands out', #colours('recalling*') > 0)
  editor.check('a label stands out', has_colour('a) Resolution', 'markup.list'))
  editor.same('plain text has no colour', vim.tbl_filter(function(name)
    return name ~= 'spell'
  end, colours('villagers who')), {})

  editor.find('# Resolution 190')
  editor.type(']]')
  editor.same('the next section', vim.api.nvim_get_current_line(), '*recalling*')
  editor.type('2]]')
  editor.same('two sections on', vim.api.nvim_get_current_line(), '*resolves*')
  editor.type('[[')
  editor.same('back again', vim.api.nvim_get_current_line(), '*considering*')

  editor.find('drawings of masts')
  local before = vim.api.nvim_buf_line_count(0)
  editor.type('dac')
  editor.same('one line less', vim.api.nvim_buf_line_count(0), before - 1)
  editor.find('2. to collect')
  editor.type('dac')
  editor.same('a clause goes with its sub-clauses', vim.api.nvim_buf_line_count(0), before - 3)

  editor.find('*considering*')
  editor.wait('a section folds', function()
    vim.cmd('normal! zx')
    return vim.fn.foldlevel('.') > 0
  end)
  vim.cmd('normal! zc')
  editor.check('the fold holds its clauses', vim.fn.foldclosedend('.') > vim.fn.line('.'))

  vim.cmd.enew()
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '1. *Decides* to begin;', '三、*决定*开始；', '4\t*Invites* all;', '5. to see *resolves* 1.' })
  vim.bo.filetype = 'resmark'
  vim.treesitter.get_parser(0):parse(true)
  for _, verb in ipairs({ '*Decides', '*决定', '*Invites' }) do
    editor.check(verb .. ' opens a clause', has_colour(verb, 'keyword'))
  end
  editor.check('a section is named amid a clause', not has_colour('*resolves', 'keyword'))
  vim.bo.modified = false

  vim.cmd.edit('itu/wtdc-191-proposal.resmark')
  vim.treesitter.get_parser(0):parse(true)
  editor.check('an insertion is green', has_colour('{++', 'diff.plus') or has_colour('{++', 'markup.inserted'))
end)
