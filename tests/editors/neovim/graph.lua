-- Who cites whom: the line above a title, the graph of citations, the chain of versions, hints, and finding resolutions.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

--- What the quickfix list holds once `run` has filled it: the files' names with the lines' words.
local function listed(run)
  vim.fn.setqflist({}, 'r')
  run()
  local list = editor.wait('something is listed', function()
    local found = vim.fn.getqflist()
    return #found > 0 and found
  end)
  vim.cmd('cclose')
  return vim.tbl_map(function(entry)
    return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(entry.bufnr), ':t') .. ': ' .. entry.text
  end, list)
end

--- The words that Neovim shows between or behind those of the buffer, of one kind.
local function shown(kind)
  local words = {}
  for name, namespace in pairs(vim.api.nvim_get_namespaces()) do
    if name:find(kind, 1, true) then
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
        for _, chunk in ipairs(mark[4].virt_text or {}) do
          words[#words + 1] = chunk[1]
        end
      end
    end
  end
  return table.concat(words, ' ')
end

--- Whether one of `places` begins with `words`.
local function names(places, words)
  return vim.iter(places):any(function(place)
    return vim.startswith(place, words)
  end)
end

editor.run(function()
  local client = editor.open('itu/wtdc-191.resmark')
  editor.check('lenses are offered', client.server_capabilities.codeLensProvider)
  editor.check('type hierarchy is offered', client.server_capabilities.typeHierarchyProvider)
  editor.find('# Resolution 191')
  editor.wait('the title says who cites it', function()
    return shown('codelens'):find('Cited %d+ times in %d+ texts')
  end)
  vim.ui.select = function(items, _, choose)
    choose(vim.iter(items):find(function(item)
      return item.lens.command.title:find('^Cited')
    end))
  end
  local places = listed(function()
    editor.type('grx')
  end)
  editor.check('the citations are listed: ' .. vim.inspect(places), names(places, 'start-here.resmark: '))
  vim.cmd('1wincmd w')

  local citing = listed(function()
    vim.cmd('Resmark cited-by')
  end)
  editor.check('who cites it: ' .. vim.inspect(citing), names(citing, 'start-here.resmark: Resolution 190'))

  editor.open('start-here.resmark')
  editor.find('Resolution 140')
  local newer = listed(function()
    vim.cmd('Resmark newer')
  end)
  editor.same('the next version', newer[1]:match('Resolution 140 %b()'), 'Resolution 140 (Rev. Dubai, 2018)')
  vim.cmd('cfirst')
  editor.check('its page opens', vim.api.nvim_buf_get_name(0):find('resmark-catalogue:/PP-140@2018.md', 1, true))
  editor.check('and is about it', editor.line(1):find('PP-140@2018', 1, true))
  vim.cmd('buffer start-here.resmark')

  --- Without a screen Neovim draws no hints, and still has them.
  local function hint()
    local hints = vim.lsp.inlay_hint.get({ bufnr = 0 })
    return hints[1] and hints[1].inlay_hint.label
  end
  vim.lsp.inlay_hint.enable(true)
  client.settings = { resmark = { inlayHints = { versionInForce = true } } }
  require('resmark.server').notify(client, 'workspace/didChangeConfiguration', { settings = client.settings })
  editor.wait('the version in force stands behind the citation', function()
    return hint() == '→ Rev. Bucharest, 2022'
  end)

  local found = listed(function()
    vim.lsp.buf.workspace_symbol('kigali 191')
  end)
  editor.check('a resolution is found: ' .. vim.inspect(found), found[1]:find('Resolution 191', 1, true))
end)
