--- `:checkhealth resmark`
local M = {}

local health = vim.health
local server = require('resmark.server')

local function editor()
  if vim.fn.has('nvim-0.10') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim 0.10 or later is needed', 'Install a newer Neovim.')
  end
end

local function parser()
  -- What is missing is an error on 0.10 and a nil on 0.11; what is there is a nil on 0.10 and true on 0.11.
  local ok, added = pcall(vim.treesitter.language.add, 'resmark')
  if ok and (added or vim.fn.has('nvim-0.11') == 0) then
    health.ok('The tree-sitter parser is there: colours, folds and the clause text object work.')
  else
    health.error('The tree-sitter parser is missing: there are no colours and no folds.', {
      'In the Resmark repository, run `cargo xtask build`.',
      'It makes `parser/resmark.so` and `queries/` in this plugin.',
    })
    return
  end
  for _, name in ipairs({ 'highlights', 'folds' }) do
    local read, query = pcall(vim.treesitter.query.get, 'resmark', name)
    if read and query then
      health.ok(('queries/resmark/%s.scm is there.'):format(name))
    else
      health.error(('queries/resmark/%s.scm is missing or does not fit the parser.'):format(name), 'In the Resmark repository, run `cargo xtask build`.')
    end
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
  if ok and result.code == 0 then
    health.ok(('The server is %s (%s).'):format(command[1], vim.trim(result.stdout)))
  else
    health.error(('The server %s does not run.'):format(command[1]), ok and vim.trim(result.stderr or '') or tostring(result))
  end
  if server.client() then
    health.ok('It is running.')
  else
    health.info('It is not running now: it starts with the first `.resmark` file.')
  end
end

--- Reports what works and what is missing.
function M.check()
  health.start('Resmark')
  editor()
  parser()
  program()
end

return M
