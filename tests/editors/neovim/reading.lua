-- Reading: the first version, all versions and the revisions of what is cited, what belongs together in a text, folds by
-- section, and formatting a part; `gq` still breaks lines.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

--- Asks as `vim.lsp.buf` does and returns what it would list: the names of the files or pages, in order.
local function listed(ask)
  local names
  ask({
    on_list = function(list)
      names = vim.tbl_map(function(item)
        return vim.fn.fnamemodify(item.filename, ':t')
      end, list.items)
    end,
  })
  editor.wait('there is an answer', function()
    return names
  end)
  return names
end

--- What is highlighted in the current buffer: line (counted from 1) and words, in order.
local function highlighted()
  local found = {}
  for name, namespace in pairs(vim.api.nvim_get_namespaces()) do
    if name:find('reference', 1, true) then
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
        local words = vim.api.nvim_buf_get_text(0, mark[2], mark[3], mark[4].end_row, mark[4].end_col, {})
        found[#found + 1] = ('%d %s'):format(mark[2] + 1, words[1])
      end
    end
  end
  table.sort(found)
  return found
end

editor.run(function()
  local client = editor.open('start-here.resmark')
  editor.read(client)

  editor.find('Resolution 140')
  editor.same('where it was first adopted', listed(vim.lsp.buf.declaration), { 'PP-140@2006.md' })
  editor.same(
    'all its versions',
    listed(vim.lsp.buf.type_definition),
    { 'PP-140@2006.md', 'PP-140@2014.md', 'PP-140@2018.md', 'PP-140@2022.md' }
  )
  editor.same('what revised it', listed(vim.lsp.buf.implementation), { 'PP-140@2018.md', 'PP-140@2022.md' })

  local line = editor.find('b) sample agreements')
  vim.lsp.buf.document_highlight()
  local marks = editor.wait('something is highlighted', function()
    local found = highlighted()
    return #found > 0 and found
  end)
  editor.same('the label and the reference to it', marks, { ('%d b)'):format(line), ('%d b)'):format(line + 6) })
  vim.lsp.buf.clear_references()

  if vim.lsp.foldexpr then
    vim.wo.foldmethod = 'expr'
    vim.wo.foldexpr = 'v:lua.vim.lsp.foldexpr()'
    vim.wo.foldtext = 'v:lua.vim.lsp.foldtext()'
    local recalling = editor.find('*recalling*')
    editor.wait('the section folds', function()
      vim.cmd('normal! zx')
      return vim.fn.foldlevel(recalling + 2) > 1
    end)
    vim.api.nvim_win_set_cursor(0, { recalling, 0 })
    vim.cmd('normal! zc')
    editor.same('what stands for it', vim.fn.foldtextresult(recalling), 'recalling a) – d)')
    vim.wo.foldenable = false
  end

  local from = editor.find('a) drawings of masts')
  vim.api.nvim_buf_set_lines(0, from - 1, from + 1, false, {
    '  a)  drawings of masts;  ',
    '  b)  sample agreements;',
  })
  vim.lsp.buf.format({ range = { start = { from, 0 }, ['end'] = { from, 9 } } })
  editor.same('the line in the range', editor.line(from), '   a) drawings of masts;')
  editor.same('and no other', editor.line(from + 1), '  b)  sample agreements;')

  editor.check('the server formats ranges', client.supports_method(client, 'textDocument/rangeFormatting'))
  editor.same('gq is left alone', vim.bo.formatexpr, '')
  vim.bo.textwidth = 40
  vim.api.nvim_win_set_cursor(0, { editor.find('a) that a valley'), 0 })
  editor.type('gqq')
  editor.same('gq breaks the line', editor.line(vim.fn.line('.')), '   a valley without a signal;')
end)
