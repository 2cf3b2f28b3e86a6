-- `require('resmark').status()`: what a statusline shows, kept up to date without being asked for while it is drawn.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')
local typist = require('typist')

editor.run(function()
  local drafter = typist.open('start-here.resmark')
  drafter:lua([[vim.o.statusline = "%f <%{v:lua.require'resmark'.status()}>"]])
  drafter:sees('the house, the language and what was found', '<itu en W')
  local asked = [[
    local client = vim.lsp.get_clients({ name = 'resmark' })[1]
    local request = client.request
    _G.asked = 0
    client.request = function(...)
      local _, method = ...
      for _, argument in ipairs({ ... }) do
        if argument == 'resmark/status' then
          _G.asked = _G.asked + 1
        end
      end
      return request(...)
    end
    for _ = 1, 50 do
      vim.cmd('redrawstatus!')
    end
    return _G.asked
  ]]
  editor.same('nothing is asked for while it is drawn', drafter:lua(asked), 0)

  local before = drafter:lua([[return require('resmark').status()]])
  drafter:command('%delete')
  drafter:type('i1. one;<CR>')
  drafter:press('<Esc>')
  editor.wait('it follows what is found', function()
    return drafter:lua([[return require('resmark').status()]]) ~= before
  end)
  drafter:command('enew!')
  editor.same('empty elsewhere', drafter:lua([[return require('resmark').status()]]), '')
  drafter:close()
end)
