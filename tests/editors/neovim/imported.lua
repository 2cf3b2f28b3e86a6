-- A real resolution as `resmark import` left it: outdated citations, a preview, a definition, renumbering.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

local CITATION = '第140号决议（2018年，迪拜，修订版）'

--- The numbers that begin the lines of the section whose heading contains `heading`.
local function numbers(heading)
  local found = {}
  for number = editor.find(heading) + 1, vim.api.nvim_buf_line_count(0) do
    local line = editor.line(number)
    if line:find('^%*') or line:find('^#') then
      break
    end
    local label = line:match('^(%d+)[.)%s]')
    if label then
      found[#found + 1] = { line = number, number = tonumber(label) }
    end
  end
  return found
end

editor.run(function()
  editor.read(editor.open('004.resmark'))

  local line = editor.find(CITATION)
  local column = vim.api.nvim_win_get_cursor(0)[2]
  local marked = editor.wait('the citation is marked', function()
    return vim.iter(vim.diagnostic.get(0, { lnum = line - 1 })):find(function(finding)
      return vim.startswith(tostring(finding.code), 'citation/') and finding.col <= column and column < finding.end_col
    end)
  end)
  editor.check('as one that is out of date: ' .. marked.code, vim.list_contains({ 'citation/outdated', 'citation/revised-since' }, marked.code))

  editor.find(CITATION)
  local preview = editor.hover()
  editor.check('the preview names the resolution:\n' .. preview, preview:find('140', 1, true))
  editor.check('the preview says which version is in force:\n' .. preview, preview:find('2022', 1, true))

  local imported = vim.api.nvim_get_current_buf()
  editor.find(CITATION)
  local opened = editor.definition()
  editor.check('the definition is about that resolution: ' .. opened, opened:find('140', 1, true))
  vim.api.nvim_set_current_buf(imported)

  local before = numbers('*做出决议')
  editor.check('there are clauses to renumber', #before >= 3)
  local middle = before[math.ceil(#before / 2)]
  vim.api.nvim_win_set_cursor(0, { middle.line, 0 })
  editor.type('dac')
  vim.cmd('Resmark renumber section')
  local after = numbers('*做出决议')
  editor.same('one clause less', #after, #before - 1)
  for index, clause in ipairs(after) do
    editor.same('the numbers follow each other', clause.number, index)
  end
end)
