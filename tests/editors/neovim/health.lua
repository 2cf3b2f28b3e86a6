-- `:checkhealth resmark` finds everything in its place, and the help can be read.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

editor.run(function()
  editor.open('start-here.resmark')
  vim.cmd('checkhealth resmark')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  editor.check('it says that the server runs:\n' .. report, report:find('It is running', 1, true))
  editor.check('no error:\n' .. report, not report:find('ERROR', 1, true))
  editor.check('no warning:\n' .. report, not report:find('WARNING', 1, true))

  vim.cmd('helptags ' .. vim.fn.fnameescape(vim.env.RESMARK_NVIM_PLUGIN .. '/doc'))
  vim.cmd('help resmark-keys')
  editor.same('the help', vim.fn.expand('%:t'), 'resmark.txt')
end)
