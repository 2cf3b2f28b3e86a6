--- `:checkhealth resmark`
local M = {}

local health = vim.health
local resmark = require('resmark')
local server = require('resmark.server')

local BUILD = 'In the Resmark repository, run `cargo xtask build`.'

local function editor()
  if vim.fn.has('nvim-0.10') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim 0.10 or later is needed', 'Install a newer Neovim.')
  end
end

--- The version of the interface between Neovim and the parser that is loaded.
---@return integer?
local function abi()
  local ok, found = pcall(vim.treesitter.language.inspect, 'resmark')
  return ok and (found.abi_version or found._abi_version) or nil
end

local function parser()
  -- What is missing is an error on 0.10 and a nil on 0.11; what is there is a nil on 0.10 and true on 0.11.
  local ok, added, problem = pcall(vim.treesitter.language.add, 'resmark')
  if not ok or not (added or vim.fn.has('nvim-0.11') == 0) then
    local why = problem or added
    local files = vim.api.nvim_get_runtime_file('parser/resmark.so', true)
    if #files > 0 then
      local oldest, newest = vim.treesitter.minimum_language_version, vim.treesitter.language_version
      health.error(('The parser %s cannot be loaded: %s'):format(files[1], tostring(why)), {
        ('This Neovim reads parsers of ABI %d to %d.'):format(oldest, newest),
        BUILD,
      })
    else
      health.error('The tree-sitter parser is missing: there are no colours and no folds.', {
        BUILD,
        'It makes `parser/resmark.so` and `queries/` in this plugin.',
      })
    end
    return
  end
  health.ok(('The tree-sitter parser is there (ABI %s): colours, folds, motions and text objects work.'):format(abi() or '?'))
  local broken = vim.tbl_filter(function(name)
    local read, query = pcall(vim.treesitter.query.get, 'resmark', name)
    return not read or not query
  end, { 'highlights', 'folds', 'injections' })
  if #broken == 0 then
    health.ok('The queries are there and fit the parser.')
  else
    health.error(('Missing, or not made for this parser: queries/resmark/%s.scm'):format(table.concat(broken, '.scm, ')), BUILD)
  end
end

local function program()
  local command = server.command()
  if not command or vim.fn.executable(command[1]) == 0 then
    health.error('The server was not found: there are no findings, previews or renumbering.', {
      'Put the program `resmark` into a folder of PATH,',
      "or say where it is: `vim.g.resmark = { cmd = '/path/to/resmark' }`,",
      'or run `cargo xtask build` in the Resmark repository.',
    })
    return
  end
  local ok, result = pcall(function()
    return vim.system({ command[1], '--version' }, { text = true }):wait(5000)
  end)
  if not ok or result.code ~= 0 then
    health.error(('The server %s does not run.'):format(command[1]), ok and vim.trim(result.stderr or '') or tostring(result))
    return
  end
  local printed = vim.trim(result.stdout)
  local version = printed:match('%d+%.%d+%.%d+')
  health.ok(('The server is %s (%s).'):format(command[1], printed))
  if version ~= resmark.VERSION then
    health.warn(('The plugin is of version %s, the server of %s.'):format(resmark.VERSION, version or 'none that can be read'), {
      'What one has and the other has not is missing: install both from the same release.',
    })
  end
end

local function running()
  local clients = vim.lsp.get_clients({ name = 'resmark' })
  if #clients == 0 then
    if resmark.options().lsp == false then
      health.info('It is not started, as you set: `lsp = false`.')
    else
      health.info('It is not running now: it starts with the first `.resmark` file.')
    end
    return
  end
  for _, client in ipairs(clients) do
    health.ok(('It is running for %s.'):format(vim.fn.fnamemodify(client.root_dir or '', ':~')))
  end
  local by_folder = {}
  for _, client in ipairs(clients) do
    local folder = client.root_dir or ''
    by_folder[folder] = (by_folder[folder] or 0) + 1
  end
  if vim.iter(pairs(by_folder)):any(function(_, count)
    return count > 1
  end) then
    health.warn('Two servers run for the same folder, so everything is said twice.', {
      'Start it in one way only: by this plugin, by `vim.lsp.enable()` or by nvim-lspconfig.',
    })
  end
  if server.managed() then
    health.info('nvim-lspconfig starts it.')
  end
end

--- What opens a browser here, as `vim.ui.open()` looks for it.
local function browser()
  local openers = { 'xdg-open', 'wslview', 'explorer.exe', 'lemonade' }
  local found = vim.fn.has('mac') == 1 and 'open'
    or vim.fn.has('win32') == 1 and 'rundll32'
    or vim.iter(openers):find(function(name)
      return vim.fn.executable(name) == 1
    end)
  if found then
    health.ok(('`%s` opens the preview and the picture of citations in the browser.'):format(found))
  else
    health.info('Nothing here can open a browser: `:Resmark preview` says the address instead. `:Resmark preview split` needs none.')
  end
end

local function completion()
  local other = require('resmark.completion').other()
  if other then
    health.ok(('Completion is shown by %s.'):format(other))
  elseif resmark.options().completion == false then
    health.info('The list of completions opens on CTRL-X CTRL-O alone, as you set: `completion = false`.')
  else
    health.ok('The list of completions opens by itself.')
  end
end

--- What the drafter has switched off or on.
local function options()
  local set = {}
  for name, value in vim.spairs(resmark.options()) do
    set[#set + 1] = ('%s = %s'):format(name, vim.inspect(value):gsub('%s+', ' '))
  end
  health.info(#set == 0 and 'No option is set: all is on but hints.' or 'Set: ' .. table.concat(set, ', '))
  local unknown = vim.tbl_filter(function(name)
    return not vim.list_contains(resmark.OPTIONS, name)
  end, vim.tbl_keys(resmark.options()))
  if #unknown > 0 then
    table.sort(unknown)
    health.warn('There is no option ' .. table.concat(unknown, ', '), 'See `:help resmark-options`.')
  end
end

--- Reports what works and what is missing.
function M.check()
  health.start('Resmark: colours and folds')
  editor()
  parser()
  health.start('Resmark: the server')
  program()
  running()
  health.start('Resmark: what is on')
  options()
  completion()
  browser()
end

return M
