-- `:Resmark check`, `import`, `new`, `log` and `restart`, what they say, and their completion.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

local PRINTED = 'RESOLUTION 7\n\nThe Conference,\n\nresolves\n\n1 to mend the benches;\n\n2 to paint them.\n'

editor.run(function()
  local said = {}
  vim.notify = function(message)
    said[#said + 1] = message
  end
  local client = editor.open('start-here.resmark')
  local findings = #editor.findings(client)

  vim.cmd('Resmark check')
  local listed = vim.fn.getloclist(0)
  editor.same('all findings are listed', #listed, findings)
  editor.same('each with its place', vim.tbl_filter(function(entry)
    return entry.lnum == 0 or entry.text == ''
  end, listed), {})
  vim.cmd('lclose')

  vim.cmd('Resmark check workspace')
  local all = vim.fn.getqflist()
  local files = {}
  for _, entry in ipairs(all) do
    files[vim.fn.fnamemodify(vim.api.nvim_buf_get_name(entry.bufnr), ':t')] = true
  end
  editor.check('findings of files that are not open: ' .. vim.inspect(files), files['numbering.resmark'])
  editor.check('and of this one', files['start-here.resmark'])
  local gap = vim.iter(all):find(function(entry)
    return entry.text:find('[numbering/gap]', 1, true) and entry.text:find('4.', 1, true)
  end)
  editor.check('each with its rule and level', gap and gap.type == 'W')
  editor.same('the list is open', vim.bo.filetype, 'qf')
  vim.cmd('cclose')

  said = {}
  vim.cmd('Resmark status')
  editor.check('the status: ' .. said[1], said[1]:find('language en; judged as of', 1, true) and said[1]:find('warnings', 1, true))

  vim.cmd('Resmark restart')
  local another = editor.wait('another server', function()
    local now = vim.lsp.get_clients({ name = 'resmark', bufnr = 0 })[1]
    return now and now.id ~= client.id and now.initialized and now
  end)
  editor.same('it finds the same', #editor.findings(another), findings)

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
  vim.cmd('Resmark view sideways')
  editor.check('which views there are is said', said[3]:find('in-force, tracked, as-amended', 1, true))
  vim.cmd('Resmark nonsense')
  local names = 'check, citations, cited-by, cites, graph, import, log, new, newer, older, preview, renumber, restart, status, update, view'
  editor.check('what there is is said: ' .. said[4], said[4]:find(names, 1, true))

  -- A skeleton, chosen from those of the houses and filled in.
  local offered
  vim.ui.select = function(items, options, choose)
    offered = vim.tbl_map(options.format_item, items)
    choose(items[1])
  end
  vim.cmd('Resmark new')
  editor.check('a resolution of each house: ' .. vim.inspect(offered), #offered >= 5)
  editor.same('nothing else begins a text', vim.tbl_filter(function(name)
    return name:find('nnex', 1, true) or name:find('insertion', 1, true)
  end, offered), {})
  editor.same('its file', vim.fn.expand('%:t'), 'resolution.resmark')
  editor.check('the skeleton is there: ' .. editor.line(1), editor.line(1):find('# Resolution', 1, true))
  editor.check('with places to fill in', vim.snippet.active({ direction = 1 }))
  vim.snippet.stop()
  vim.cmd('stopinsert')
  vim.cmd('Resmark new Resolution (Security Council)')
  editor.same('another file', vim.fn.expand('%:t'), 'resolution-2.resmark')
  editor.check('of the one that was named', table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find('Security Council', 1, true))
  vim.snippet.stop()
  vim.cmd('stopinsert')

  -- Without a name one can choose.
  vim.ui.select = function(items, options, choose)
    offered = vim.tbl_map(options.format_item, items)
    choose('check')
  end
  said = {}
  vim.cmd('Resmark')
  editor.check('each says what it does', vim.iter(offered):any(function(line)
    return line:find('^renumber%s+Renumber what') ~= nil
  end))
  editor.check('and is run', #said == 1 or #vim.fn.getloclist(0) > 0)

  vim.fn.mkdir(vim.fs.dirname(vim.lsp.log.get_filename()), 'p')
  vim.fn.writefile({ 'the last line' }, vim.lsp.log.get_filename(), 'a')
  vim.cmd('Resmark log')
  editor.same('the log', vim.api.nvim_buf_get_name(0), vim.lsp.log.get_filename())
  editor.same('at its end', vim.api.nvim_get_current_line(), 'the last line')
  vim.cmd('tabclose')

  editor.same('completion', vim.fn.getcompletion('Resmark re', 'cmdline'), { 'renumber', 'restart' })
  editor.same('of updating', vim.fn.getcompletion('Resmark! u', 'cmdline'), { 'update' })
  editor.same('of scopes', vim.fn.getcompletion('Resmark renumber w', 'cmdline'), { 'workspace' })
  editor.same('of views', vim.fn.getcompletion('Resmark view a', 'cmdline'), { 'as-amended' })
  editor.same('of previews', vim.fn.getcompletion('Resmark preview ', 'cmdline'), { 'split' })
  editor.check('of skeletons', vim.list_contains(vim.fn.getcompletion('Resmark new Res', 'cmdline'), 'Resolution (Model UN)'))
  editor.same('of their second word', vim.fn.getcompletion('Resmark new Resolution (Mod', 'cmdline'), { '(Model UN)' })
end)
