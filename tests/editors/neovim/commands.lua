-- `:Resmark check`, `import` and `restart`, what they say, and their completion.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

local PRINTED = 'RESOLUTION 7\n\nThe Conference,\n\nresolves\n\n1 to mend the benches;\n\n2 to paint them.\n'

editor.run(function()
  local said = {}
  vim.notify = function(message)
    said[#said + 1] = message
  end
  local client = editor.open('start-here.resmark')
  local findings = #editor.findings()

  vim.cmd('Resmark check')
  local listed = vim.fn.getloclist(0)
  editor.same('all findings are listed', #listed, findings)
  editor.same('each with its place', vim.tbl_filter(function(entry)
    return entry.lnum == 0 or entry.text == ''
  end, listed), {})
  vim.cmd('lclose')

  vim.cmd('Resmark restart')
  editor.wait('another server', function()
    local now = vim.lsp.get_clients({ name = 'resmark', bufnr = 0 })[1]
    return now and now.id ~= client.id and now.initialized
  end)
  editor.wait('it finds the same', function()
    return #vim.diagnostic.get(0) == findings
  end)

  vim.fn.writefile(vim.split(PRINTED, '\n'), 'printed.txt')
  vim.cmd('Resmark import printed.txt')
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  editor.check('the section has a heading: ' .. text, text:find('*resolves*', 1, true))
  editor.check('the clauses have labels: ' .. text, text:find('\n2%S*%s+to paint'))
  editor.same('its file', vim.fn.expand('%:t'), 'printed.resmark')
  editor.same('is not written yet', vim.uv.fs_stat('printed.resmark'), nil)
  editor.same('filetype', vim.bo.filetype, 'resmark')
  vim.cmd('bwipeout!')

  said = {}
  vim.cmd('Resmark import nowhere.txt')
  editor.check('a file that is not there is named', #said == 1 and said[1]:find('nowhere.txt', 1, true))
  vim.cmd('Resmark renumber everything')
  editor.check('what can be renumbered is said', said[2]:find('list, section, resolution, document, workspace', 1, true))
  vim.cmd('Resmark nonsense')
  editor.check('what there is is said', said[3]:find('check, cited-by, cites, import, newer, older, renumber, restart, update', 1, true))

  editor.same('completion', vim.fn.getcompletion('Resmark re', 'cmdline'), { 'renumber', 'restart' })
  editor.same('of updating', vim.fn.getcompletion('Resmark u', 'cmdline'), { 'update' })
  editor.same('of scopes', vim.fn.getcompletion('Resmark renumber w', 'cmdline'), { 'workspace' })
end)
