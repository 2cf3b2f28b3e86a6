-- The help says all that there is: each command with its words, each key, option, highlight and function, and nothing that
-- there is not; and its lines that start the server without the plugin work.
local here = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/')
package.path = here .. '/?.lua;' .. package.path
local editor = require('harness')

local function read(path)
  return table.concat(vim.fn.readfile(path), '\n')
end

editor.run(function()
  local plugin = vim.env.RESMARK_NVIM_PLUGIN
  local help = read(plugin .. '/doc/resmark.txt')
  local function has(words)
    editor.check('the help has ' .. words, help:find(words, 1, true))
  end

  local commands = require('resmark.commands')
  for _, name in ipairs(commands.names()) do
    has('*:Resmark-' .. name .. '*')
    has('\n:Resmark ' .. name)
  end
  for name in help:gmatch('%*:Resmark%-([%w-]+)%*') do
    editor.check('there is the command ' .. name, vim.list_contains(commands.names(), name))
  end
  for _, words in ipairs({ require('resmark.preview').VIEWS, { 'list', 'section', 'resolution', 'document', 'workspace' } }) do
    has(table.concat(words, '|'))
  end

  local options = help:match('\n7%. OPTIONS.->lua\n(.-)\n<')
  for _, name in ipairs(require('resmark').OPTIONS) do
    editor.check('the help has the option ' .. name, options:find('\n%s+' .. name .. ' = '))
  end
  for name in options:gmatch('\n      ([%l_]+) = ') do
    editor.check('there is the option ' .. name, vim.list_contains(require('resmark').OPTIONS, name))
  end

  editor.open('start-here.resmark')
  local mapped = {}
  for _, mode in ipairs({ 'n', 'x', 'o' }) do
    for _, map in ipairs(vim.api.nvim_buf_get_keymap(0, mode)) do
      local name = map.lhs:match('^<Plug>(%(resmark%-[%w-]+%))$')
      mapped[name or ''] = true
    end
  end
  mapped[''] = nil
  editor.check('there are keys', vim.tbl_count(mapped) > 15)
  for name in pairs(mapped) do
    has('`' .. name .. '`')
  end
  for name in help:gmatch('`(%(resmark%-[%w-]+%))`') do
    editor.check('there is the key ' .. name, mapped[name])
  end

  local highlights = vim.fn.getcompletion('Resmark', 'highlight')
  for _, name in ipairs(highlights) do
    has('*hl-' .. name .. '*')
  end
  for name in help:gmatch('%*hl%-(Resmark%w+)%*') do
    editor.check('there is the highlight ' .. name, vim.list_contains(highlights, name))
  end
  for name, value in pairs(require('resmark')) do
    if type(value) == 'function' and not vim.list_contains({ 'options', 'say' }, name) then
      has('*resmark.' .. name .. '()*')
    end
  end

  -- Every tag can be gone to, and every link leads somewhere.
  local tags = plugin .. '/doc/tags'
  local made = vim.uv.fs_stat(tags) and read(tags)
  vim.cmd('helptags ' .. vim.fn.fnameescape(plugin .. '/doc'))
  if made then
    editor.same('the tags that `cargo xtask build` made', made, read(tags))
  end
  for tag in help:gmatch('%*([^%s*]+)%*') do
    vim.cmd('help ' .. tag)
    editor.same('the help on ' .. tag, vim.fn.expand('%:t'), 'resmark.txt')
  end
  for link in help:gmatch('[%s(]|([^%s|]+)|[%s,.;:)]') do
    editor.check('the help has what it links to: ' .. link, pcall(vim.cmd.help, link) or vim.fn.has('nvim-0.11') == 0)
  end
  for _, line in ipairs(vim.split(help, '\n')) do
    editor.check('no wider than a window: ' .. line, vim.fn.strdisplaywidth((line:gsub('`', ''))) <= 80)
  end
end)
