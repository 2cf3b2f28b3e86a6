-- A server that is older than the plugin: what it does not know is said, once and plainly, and nothing else breaks.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

vim.cmd('silent! bwipeout')
require('fake').install({})

editor.run(function()
  local said = {}
  vim.notify = function(message)
    said[#said + 1] = message
  end
  editor.open('start-here.resmark')
  local windows = #vim.api.nvim_list_wins()
  for command, method in pairs({
    ['preview split'] = 'resmark/preview',
    preview = 'resmark/previewAddress',
    graph = 'resmark/previewAddress',
    citations = 'resmark/citations',
    update = 'textDocument/codeAction',
    ['check workspace'] = 'workspace/diagnostic',
    new = 'textDocument/completion',
  }) do
    said = {}
    vim.cmd('Resmark ' .. command)
    editor.wait(('`:Resmark %s` says what is the matter'):format(command), function()
      return #said > 0
    end)
    editor.same('only once', #said, 1)
    editor.check(
      ('`:Resmark %s` says that the server is older: %s'):format(command, said[1]),
      said[1]:find('older than the plugin', 1, true) and said[1]:find(method, 1, true)
    )
    vim.cmd.buffer('start-here.resmark')
  end
  editor.same('no window is left', #vim.api.nvim_list_wins(), windows)
  -- What is shown in a statusline does without it.
  require('resmark').status()
  editor.wait('there is a status', function()
    return require('resmark').status() == 'resmark'
  end)
end)
