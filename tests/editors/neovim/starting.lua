-- The ways to start the server: by nvim-lspconfig, by `vim.lsp.enable()`, and without the plugin by the lines of the help.
-- In each, one server and no more.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')
local typist = require('typist')

local PLUGIN = 'lua vim.opt.runtimepath:prepend(vim.env.RESMARK_NVIM_PLUGIN)'

--- What nvim-lspconfig does with a configuration in its older form, in as few lines as show whether that is one: it is
--- found by its name, `setup` starts a server for each root, and the configuration has a `manager` from then on.
local LSPCONFIG = [[
  local configs = {}
  package.loaded['lspconfig.configs'] = configs
  local definition = require('lspconfig.configs.resmark')
  local config = definition.default_config
  vim.validate({
    cmd = { config.cmd, 'table' },
    filetypes = { config.filetypes, 'table' },
    root_dir = { config.root_dir, 'function' },
    settings = { config.settings, 'table' },
    init_options = { config.init_options, 'table' },
    description = { definition.docs.description, 'string' },
  })
  -- Commands would become those of the command line.
  assert(config.commands == nil)
  configs.resmark = { manager = {}, document_config = definition }
  vim.api.nvim_create_autocmd('FileType', { pattern = config.filetypes, callback = function(event)
    local root = config.root_dir(vim.api.nvim_buf_get_name(event.buf), event.buf)
    vim.lsp.start(vim.tbl_extend('force', config, { name = 'resmark', root_dir = root }), { bufnr = event.buf })
  end })
]]

--- Opens the examples in a Neovim that `arguments` set up, and sees that it is served, by one server.
local function serves(what, arguments)
  local full = { '--clean' }
  for _, argument in ipairs(arguments) do
    vim.list_extend(full, { '--cmd', argument })
  end
  local drafter = typist.start(vim.list_extend(full, { 'start-here.resmark' }))
  drafter:attached()
  editor.wait(what .. ': there are findings', function()
    return drafter:lua('return #vim.diagnostic.get(0)') > 0
  end)
  drafter:command('split itu/wtdc-191.resmark')
  drafter:attached()
  editor.same(what .. ': one server', drafter:lua([[return #vim.lsp.get_clients({ name = 'resmark' })]]), 1)
  editor.same(what .. ': for the folder', drafter:lua([[return vim.lsp.get_clients({ name = 'resmark' })[1].root_dir]]), vim.uv.cwd())
  return drafter
end

editor.run(function()
  local command = 'lua vim.g.resmark = { cmd = { vim.env.RESMARK_SERVER, "lsp" } }'
  local file = vim.fn.tempname() .. '.lua'
  vim.fn.writefile(vim.split(LSPCONFIG, '\n'), file)
  local drafter = serves('nvim-lspconfig', { PLUGIN, command, 'luafile ' .. file })
  editor.check('the keys are there', drafter:lua([[return vim.fn.maparg('gd', 'n') ~= '']]))
  drafter:close()

  if vim.fn.has('nvim-0.11') == 1 then
    serves('vim.lsp.enable()', { PLUGIN, command, "lua vim.lsp.enable('resmark')" }):close()
    drafter = serves('vim.lsp.config()', {
      PLUGIN,
      command,
      "lua vim.lsp.config('resmark', { settings = { resmark = { asOf = '2015-01-01' } } })",
    })
    editor.same('what was configured', drafter:lua([[
      return vim.lsp.get_clients({ name = 'resmark' })[1].config.settings.resmark.asOf
    ]]), '2015-01-01')
    drafter:close()

    local help = table.concat(vim.fn.readfile(vim.env.RESMARK_NVIM_PLUGIN .. '/doc/resmark.txt'), '\n')
    local bare = help:match('%*resmark%-bare%*.->lua\n(.-)\n<'):gsub("'resmark', 'lsp'", 'vim.env.RESMARK_SERVER, "lsp"')
    vim.fn.writefile(vim.split(bare, '\n'), file)
    drafter = serves('without the plugin', { 'luafile ' .. file })
    drafter:close()
  end
end)
