-- Fixing on save, with the very lines that the guide gives, and a configuration that changes meanwhile.
local here = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/')
package.path = here .. '/?.lua;' .. package.path
local editor = require('harness')

--- The lines of Lua in the guide to configuration.
local function guide()
  local page = table.concat(vim.fn.readfile(here .. '/../../../docs/configuration.md'), '\n')
  return assert(page:match('```lua\n(.-)```'), 'the guide has Lua')
end

editor.run(function()
  assert(load(guide()))()
  vim.fn.writefile({ '{}' }, 'resmark.json')
  vim.fn.writefile({ '*resolves*', '', '1. one {>>allow numbering/gap: known<<};', '2. two.' }, 'saved.resmark')
  local found = editor.findings(editor.open('saved.resmark'))
  editor.same('an excuse that is not needed', #found == 1 and found[1].code, 'markup/unused-excuse')
  vim.cmd.write()
  editor.same('it is gone', editor.line(3), '1. one;')
  editor.same('it is written', vim.fn.readfile('saved.resmark')[3], '1. one;')

  vim.api.nvim_buf_set_lines(0, 3, 4, false, { '3. three.' })
  local function severity()
    local found = vim.diagnostic.get(0)
    return #found == 1 and found[1].code == 'numbering/gap' and found[1].severity
  end
  editor.wait('a gap is a warning', function()
    return severity() == vim.diagnostic.severity.WARN
  end)
  vim.fn.writefile({ '{ "rules": { "numbering/gap": "error" } }' }, 'resmark.json')
  -- This editor may not tell of the file; the server looks for itself, at most once a second, when it hears of something.
  local told = 0
  editor.wait('a gap is an error', function()
    if severity() == vim.diagnostic.severity.ERROR then
      return true
    end
    told = told + 1
    vim.api.nvim_buf_set_lines(0, 3, 4, false, { ('3. three, %d.'):format(told) })
    vim.wait(200)
  end)
end)
