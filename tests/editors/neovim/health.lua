-- `:checkhealth resmark` finds everything in its place, and says what to do about what is not.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')
local typist = require('typist')

--- The report of a Neovim with the plugin in `folder` and these options.
local function report_of(folder, options)
  local drafter = typist.start({
    '--clean',
    '--cmd',
    ('lua vim.opt.runtimepath:prepend(%q) vim.g.resmark = %s'):format(folder, options),
    '-c',
    'checkhealth resmark',
  })
  local report = editor.wait('the report is there', function()
    local text = drafter:text()
    return text:find('what is on', 1, true) and text
  end)
  drafter:close()
  return report
end

editor.run(function()
  editor.open('start-here.resmark')
  vim.cmd('checkhealth resmark')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  editor.check('it says that the server runs:\n' .. report, report:find('It is running', 1, true))
  editor.check('no error:\n' .. report, not report:find('ERROR', 1, true))
  editor.check('no warning:\n' .. report, not report:find('WARNING', 1, true))

  for _, words in ipairs({ 'ABI 14', 'The queries are there', 'The server is ', 'It is running for ', 'opens by itself', 'Set: cmd' }) do
    editor.check(words .. ' is said:\n' .. report, report:find(words, 1, true))
  end

  -- The plugin as it is without `cargo xtask build`, and a program that is not there.
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder)
  for name in vim.fs.dir(vim.env.RESMARK_NVIM_PLUGIN) do
    if name ~= 'parser' and name ~= 'queries' then
      assert(vim.uv.fs_symlink(vim.env.RESMARK_NVIM_PLUGIN .. '/' .. name, folder .. '/' .. name))
    end
  end
  report = report_of(folder, '{ cmd = "/nowhere/resmark", colours = true }')
  for _, words in ipairs({
    'The tree-sitter parser is missing',
    'cargo xtask build',
    'The server was not found',
    'vim.g.resmark = { cmd =',
    'There is no option colours',
  }) do
    editor.check(words .. ' is said:\n' .. report, report:find(words, 1, true))
  end

  -- A parser that cannot be read, and a server of another version.
  vim.fn.mkdir(folder .. '/parser')
  vim.fn.writefile({ 'no parser' }, folder .. '/parser/resmark.so')
  local older = folder .. '/resmark'
  vim.fn.writefile({ '#!/bin/sh', 'echo resmark 0.0.1' }, older)
  vim.fn.setfperm(older, 'rwxr-xr-x')
  report = report_of(folder, ('{ cmd = %q, completion = false }'):format(older))
  for _, words in ipairs({
    'cannot be loaded',
    'the server of 0.0.1',
    'install both from the same release',
    'CTRL-X CTRL-O alone',
  }) do
    editor.check(words .. ' is said:\n' .. report, report:find(words, 1, true))
  end
end)
