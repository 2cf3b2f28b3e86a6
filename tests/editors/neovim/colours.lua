-- What is coloured can be read: in the default colours, light and dark, every highlight of the plugin stands out from the
-- background as much as the accessibility guidelines of the web ask of text (WCAG 2.2, 1.4.3).
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

local ENOUGH = 4.5

--- How bright a colour is, from 0 to 1, as WCAG defines it.
local function luminance(colour)
  local function part(shift)
    local value = bit.band(bit.rshift(colour, shift), 0xff) / 255
    return value <= 0.04045 and value / 12.92 or ((value + 0.055) / 1.055) ^ 2.4
  end
  return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
end

local function contrast(one, other)
  local a, b = luminance(one), luminance(other)
  return (math.max(a, b) + 0.05) / (math.min(a, b) + 0.05)
end

editor.run(function()
  vim.cmd.edit('start-here.resmark')
  for _, background in ipairs({ 'dark', 'light' }) do
    vim.o.background = background
    vim.cmd.colorscheme('default')
    local normal = vim.api.nvim_get_hl(0, { name = 'Normal', link = false })
    local names = vim.list_extend(vim.fn.getcompletion('Resmark', 'highlight'), {
      '@lsp.type.citation.resmark',
      '@lsp.type.reference.resmark',
      '@lsp.type.label.resmark',
      '@lsp.type.verb.resmark',
      '@lsp.type.insertion.resmark',
      '@lsp.type.deletion.resmark',
    })
    editor.check('there are highlights', #names > 20)
    for _, name in ipairs(names) do
      local colour = vim.api.nvim_get_hl(0, { name = name, link = false })
      local found = contrast(colour.fg or normal.fg, colour.bg or normal.bg)
      editor.check(('%s in %s: %.1f'):format(name, background, found), found >= ENOUGH)
    end
  end
  -- What a colour scheme defines itself is left alone.
  vim.api.nvim_set_hl(0, 'ResmarkDeletion', { fg = 0x123456 })
  require('resmark.highlights').link()
  editor.same('a colour of the scheme', vim.api.nvim_get_hl(0, { name = 'ResmarkDeletion' }).fg, 0x123456)
end)
