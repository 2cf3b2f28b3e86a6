-- Drives Neovim through what a drafter does first, in the file that is open, and prints what is seen.
local here = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/')
package.path = here .. '/?.lua;' .. package.path
local editor = require('harness')

local function say(...)
  io.stdout:write(string.format(...), '\n')
end

local SEVERITY = { 'error', 'warning', 'information', 'hint' }

editor.run(function()
  local name = vim.fn.expand('%')
  local client = editor.open(name)

  say('\nWhat is marked in %s\n', name)
  for _, finding in ipairs(editor.findings(client)) do
    say('  %d:%d %s %s', finding.lnum + 1, finding.col + 1, SEVERITY[finding.severity], finding.code)
    say('      %s', editor.line(finding.lnum + 1))
    say('      %s', (finding.message:gsub('\n', '\n      ')))
  end

  editor.find('Resolution 191')
  local preview = editor.hover()
  say('\nA preview, with K on “Resolution 191”\n')
  say('  %s', (preview:gsub('\n', '\n  ')))

  editor.find('Resolution 70')
  local target = editor.definition()
  say('\nWhere gd goes from “Resolution 70”: %s\n', target)
  for _, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, 10, false)) do
    say('  %s', line)
  end
  vim.cmd('buffer #')

  local before = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  vim.cmd('Resmark renumber document')
  say('\nThe text after `:Resmark renumber document`\n')
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if line ~= before[number] then
      say('  %d: %s', number, before[number])
      say('  %s→ %s', (' '):rep(#tostring(number)), line)
    end
  end
end)
