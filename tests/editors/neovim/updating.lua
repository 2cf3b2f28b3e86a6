-- `:Resmark update`: every citation that is out of date and its pinpoint, shown before it is changed, in one step that one
-- undo takes back, and a list of what was changed; in a tracked proposal as tracked changes.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

local ORGAN = 'The Plenipotentiary Conference of the International Telecommunication Union (%s),\n\n'

local OLD = '# Resolution 301 (Dubai, 2018)\n\n'
  .. ORGAN:format('Dubai, 2018')
  .. '*resolves*\n\n1. to inspect all the bridges every year;\n2. to count the boats.\n'

local NEW = '# Resolution 301 (Rev. Bucharest, 2022)\n\n'
  .. ORGAN:format('Bucharest, 2022')
  .. '*resolves*\n\n1. to build new bridges;\n2. to inspect all the bridges every year.\n'

local DRAFT = '# Resolution 302 (Doha, 2026)\n\n'
  .. ORGAN:format('Doha, 2026')
  .. '*considering*\n\n'
  .. 'a) Resolution 140 (Rev. Dubai, 2018) of this conference;\n'
  .. 'b) *resolves* 1 of Resolution 301 (Dubai, 2018) of this conference;\n'
  .. 'c) *resolves* 2 of Resolution 301 (Dubai, 2018) of this conference;\n'
  .. 'd) [Resolution 70 (Rev. Dubai, 2018)](=) of this conference,\n'

local function write(name, text)
  vim.fn.writefile(vim.split(text, '\n'), name, 'b')
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
end

editor.run(function()
  local said = {}
  vim.notify = function(message)
    said[#said + 1] = message
  end
  write('old.resmark', OLD)
  write('new.resmark', NEW)
  write('draft.resmark', DRAFT)
  editor.open('draft.resmark')
  -- Once both texts are read, the pinpoint has its hint.
  editor.wait('the other texts are read', function()
    return vim.iter(vim.diagnostic.get(0)):any(function(finding)
      return finding.code == 'citation/clause' and finding.message:find('“resolves 2”', 1, true) ~= nil
    end)
  end)
  editor.find('Resolution 140')

  -- What would be changed is shown first; nothing is, when the drafter says no.
  editor.type(':Resmark update<CR>')
  local shown = text()
  editor.check('in a window over the text', vim.api.nvim_win_get_config(0).relative ~= '')
  editor.check('what is: ' .. shown, shown:find('- a) Resolution 140 (Rev. Dubai, 2018) of this conference;', 1, true))
  editor.check('what would be: ' .. shown, shown:find('+ a) Resolution 140 (Rev. Bucharest, 2022) of this', 1, true))
  editor.check('what to look at: ' .. shown, shown:find('look at the pinpoint “resolves 2”', 1, true))
  editor.type('n')
  editor.same('nothing was done', text(), DRAFT)

  -- A change can be left out, and one can go and look.
  editor.type(':Resmark update<CR>')
  editor.find('Resolution 301', 4)
  editor.type(' y')
  editor.check('the others are made', text():find('140 (Rev. Bucharest, 2022)', 1, true))
  editor.check('it is not', text():find('*resolves* 1 of Resolution 301 (Dubai, 2018)', 1, true))
  editor.check(said[1], said[1]:find('2 citations updated', 1, true))
  vim.cmd('silent undo')
  editor.same('one undo', text(), DRAFT)
  editor.type(':Resmark update<CR>')
  editor.find('Resolution 301', 4)
  editor.type('<CR>')
  editor.same('at the place', vim.api.nvim_win_get_cursor(0)[1], 8)
  said = {}

  editor.type(':Resmark update<CR>')
  editor.type('y')
  local expected = DRAFT:gsub('140 %(Rev%. Dubai, 2018%)', '140 (Rev. Bucharest, 2022)')
    :gsub('301 %(Dubai, 2018%)', '301 (Rev. Bucharest, 2022)')
    :gsub('resolves%* 1 of', 'resolves* 2 of')
  editor.same('the text', text(), expected)
  editor.check('what was said: ' .. (said[1] or ''), said[1]:find('3 citations updated', 1, true))
  editor.check('there is a pinpoint to look at', said[1]:find('pinpoints to look at', 1, true))
  local listed = vim.tbl_map(function(entry)
    return entry.lnum .. ': ' .. entry.text
  end, vim.fn.getloclist(0))
  editor.same('the list', #listed, 3)
  editor.same('its first entry', listed[1], '7: Resolution 140: (Rev. Dubai, 2018) → (Rev. Bucharest, 2022)')
  editor.check('the pinpoint that went along: ' .. listed[2], listed[2]:find('resolves 1 → resolves 2', 1, true))
  editor.check('the one to look at: ' .. listed[3], listed[3]:find('look at the pinpoint “resolves 2”', 1, true))

  vim.cmd('silent undo')
  editor.same('one undo', text(), DRAFT)
  vim.cmd('silent redo')
  said = {}
  editor.type(':Resmark update<CR>')
  editor.same('nothing is left to do', text(), expected)
  editor.check('and that is said', said[1]:find('no citation', 1, true))

  -- Who trusts it is not asked.
  vim.cmd('silent undo')
  vim.cmd('Resmark! update')
  editor.same('at once', text(), expected)

  -- A proposal tracks the change, and the key does the same as the command.
  vim.cmd('silent undo')
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { 'MOD EUR/1/1', '' })
  vim.g.maplocalleader = vim.g.maplocalleader or '\\'
  editor.type('<Plug>(resmark-update)')
  editor.type('y')
  editor.find('a) Resolution 140 (Rev. {~~Dubai~>Bucharest~~}, {~~2018~>2022~~})')
  editor.find('b) *resolves* {~~1~>2~~} of Resolution 301 ({++Rev. ++}{~~Dubai~>Bucharest~~}, {~~2018~>2022~~})')
end)
