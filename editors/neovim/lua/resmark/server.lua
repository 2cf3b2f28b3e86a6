--- The language server: where it is and how it is started.
local M = {}

local resmark = require('resmark')

--- A folder that holds one of these is the root of a workspace.
local ROOT_MARKERS = { 'catalogue', '.git', 'resmark.json' }

--- The root of the repository that this plugin lies in, when it was not taken out of it.
local function repository()
  local here = debug.getinfo(1, 'S').source:sub(2)
  return vim.fs.normalize(vim.fn.fnamemodify(here, ':p:h') .. '/../../../..')
end

--- The newest server that was built in the repository.
---@return string?
local function built()
  local newest, newest_time
  for _, profile in ipairs({ 'release', 'debug' }) do
    local path = repository() .. '/target/' .. profile .. '/resmark'
    local stat = vim.uv.fs_stat(path)
    if stat and (not newest_time or stat.mtime.sec > newest_time) then
      newest, newest_time = path, stat.mtime.sec
    end
  end
  return newest
end

--- The program and its arguments, or nothing when there is none.
---@return string[]?
function M.command()
  local given = resmark.options().cmd
  if type(given) == 'string' then
    return { given, 'lsp' }
  elseif type(given) == 'table' then
    return given
  end
  local program = vim.fn.exepath('resmark')
  if program == '' then
    program = built() or ''
  end
  return program ~= '' and { program, 'lsp' } or nil
end

--- The folder whose `.resmark` files belong together with `path`: one with a catalogue of its own, a repository, the
--- working folder, or at least the one that the file lies in. Never the whole home folder, which would be read in full.
---@param path string
---@return string
function M.root_of(path)
  for _, marker in ipairs(ROOT_MARKERS) do
    local root = vim.fs.root(path, marker)
    if root then
      return root
    end
  end
  local folder, working = vim.fs.dirname(path), vim.fs.normalize(vim.uv.cwd() or '')
  local home = vim.fs.normalize('~')
  local inside = vim.startswith(folder .. '/', working .. '/')
  if inside and not vim.startswith(home .. '/', working .. '/') then
    return working
  end
  return folder
end

--- What this editor can do: what Neovim says, and what `resmark.enter` and `resmark.update` add.
---@return lsp.ClientCapabilities
local function capabilities()
  local enter = resmark.options().enter ~= false and { dynamicRegistration = false } or nil
  -- Neovim 0.10 does not put in skeletons by itself: `resmark.completion` does it there.
  local snippets = { completionItem = { snippetSupport = true } }
  return vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(), {
    textDocument = { onTypeFormatting = enter, completion = snippets },
    -- Neovim 0.10 offers UTF-16 alone, and miscounts it in lines of Chinese, Russian or Arabic.
    general = { positionEncodings = { 'utf-8', 'utf-16', 'utf-32' } },
    workspace = { workspaceEdit = { documentChanges = true, changeAnnotationSupport = { groupsOnLabel = false } } },
  })
end

--- What the drafter has set, as the server reads it.
---@return table
local function settings()
  local options = resmark.options()
  local hints = options.inlay_hints
  if type(hints) ~= 'table' then
    hints = { version_in_force = hints == true, candidates = hints == true }
  end
  return {
    asOf = options.as_of or '',
    inlayHints = { versionInForce = hints.version_in_force == true, candidates = hints.candidates == true },
  }
end

--- What `vim.lsp.config` takes.
---@return table
function M.config()
  local settings = settings()
  return {
    name = 'resmark',
    cmd = M.command() or { 'resmark', 'lsp' },
    filetypes = { 'resmark' },
    root_dir = function(buffer, found)
      found(M.root_of(vim.api.nvim_buf_get_name(buffer)))
    end,
    capabilities = capabilities(),
    -- This editor can show the catalogue's pages and the places that a lens counts: see `resmark.catalogue`, `resmark.lens`.
    init_options = vim.tbl_extend('error', { catalogPages = true, showReferences = resmark.options().lens ~= false }, settings),
    settings = { resmark = settings },
    commands = require('resmark.lens').commands,
  }
end

--- Whether nvim-lspconfig starts the server: the drafter has called `require('lspconfig').resmark.setup()`.
---@return boolean
function M.managed()
  local configs = package.loaded['lspconfig.configs']
  local config = configs and rawget(configs, 'resmark')
  return config ~= nil and config.manager ~= nil
end

local told = false

--- The configuration as the drafter may have changed it by `vim.lsp.config` (0.11 and later).
---@return table
local function configured()
  return vim.fn.has('nvim-0.11') == 1 and vim.lsp.config.resmark or M.config()
end

--- Attaches the server to `buffer`, starting it when it does not run yet.
---@param buffer integer
function M.attach(buffer)
  local config = configured()
  config.root_dir(buffer, function(root)
    vim.lsp.start(vim.tbl_extend('force', config, { root_dir = root }), { bufnr = buffer })
  end)
end

--- Starts the server for `buffer`, or says once that there is none.
---@param buffer integer
function M.start(buffer)
  if resmark.options().lsp == false or M.managed() then
    return
  end
  local command = configured().cmd
  if type(command) == 'table' and vim.fn.executable(command[1]) == 0 then
    if not told then
      told = true
      resmark.say(
        ('the server `%s` was not found, so there are only colours and folds. See `:checkhealth resmark`.'):format(command[1]),
        vim.log.levels.WARN
      )
    end
  elseif vim.fn.has('nvim-0.11') == 0 then
    M.attach(buffer)
  elseif not vim.lsp.is_enabled('resmark') then
    -- From now on for every buffer; for the ones that are open already only when Neovim has started up.
    vim.lsp.enable('resmark')
    if vim.v.vim_did_enter == 0 then
      M.attach(buffer)
    end
  end
end

---@param client vim.lsp.Client
---@param force boolean
local function stop(client, force)
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop(force)
  else
    vim.lsp.stop_client(client.id, force)
  end
end

--- Stops the server and starts it again for every resolution that is open.
function M.restart()
  local clients = vim.lsp.get_clients({ name = 'resmark' })
  for _, client in ipairs(clients) do
    stop(client, false)
  end
  local ended = vim.wait(3000, function()
    return not M.client()
  end, 20)
  if not ended then
    for _, client in ipairs(clients) do
      stop(client, true)
    end
    vim.wait(1000, function()
      return not M.client()
    end, 20)
  end
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == 'resmark' then
      M.attach(buffer)
    end
  end
  resmark.say('the server was started again.')
end

--- The running client that serves `buffer`, or any when `buffer` is nil.
---@param buffer? integer
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ name = 'resmark', bufnr = buffer })[1]
end

--- The protocol's code for a request that the server does not know.
local METHOD_NOT_FOUND = -32601

--- What an error of the server means to the drafter.
---@param problem lsp.ResponseError
---@param method string
---@return string
local function explain(problem, method)
  if problem.code == METHOD_NOT_FOUND then
    return ('this server is older than the plugin and does not know `%s`. See `:checkhealth resmark`.'):format(method)
  end
  return problem.message
end

--- Asks the server and waits for the answer.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param patience? integer how long to wait, in milliseconds (default 5000)
---@return table? result
---@return string? problem
function M.ask(client, method, params, patience)
  -- By its number, not as 0: Neovim sends what was typed last before it asks only for a buffer that it finds so.
  local buffer = vim.api.nvim_get_current_buf()
  local answer, problem
  if vim.fn.has('nvim-0.11') == 1 then
    answer, problem = client:request_sync(method, params, patience or 5000, buffer)
  else
    ---@diagnostic disable-next-line: param-type-mismatch
    answer, problem = client.request_sync(method, params, patience or 5000, buffer)
  end
  if not answer then
    return nil, 'the server did not answer: ' .. (problem or 'unknown')
  elseif answer.err then
    return nil, explain(answer.err, method)
  end
  return answer.result
end

--- Asks the server and goes on; `done` is called with the answer, nil when there is none, or with the problem.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param buffer integer the one that the question is about: what was typed there is sent before
---@param done fun(result: table?, problem: string?)
function M.request(client, method, params, buffer, done)
  local function answered(problem, result)
    if problem then
      done(nil, explain(problem, method))
    else
      done(result ~= vim.NIL and result or nil)
    end
  end
  local sent
  if vim.fn.has('nvim-0.11') == 1 then
    sent = client:request(method, params, answered, buffer)
  else
    ---@diagnostic disable-next-line: param-type-mismatch
    sent = client.request(method, params, answered, buffer)
  end
  if not sent then
    done(nil, 'the server has ended. `:Resmark restart` starts it again.')
  end
end

--- Tells the server something that has no answer.
---@param client vim.lsp.Client
---@param method string
---@param params table
function M.notify(client, method, params)
  if vim.fn.has('nvim-0.11') == 1 then
    client:notify(method, params)
  else
    ---@diagnostic disable-next-line: param-type-mismatch
    client.notify(method, params)
  end
end

--- The client that serves `buffer`, or nothing once the drafter was told that there is none.
---@param buffer integer
---@param doing string what the drafter wants, as a noun: “the preview”
---@return vim.lsp.Client?
function M.needed(buffer, doing)
  local client = M.client(buffer)
  if not client then
    local why = vim.bo[buffer].filetype == 'resmark' and 'the server, which is not running. See `:checkhealth resmark`.'
      or 'a `.resmark` file: open one first.'
    resmark.say(('%s needs %s'):format(doing, why), vim.log.levels.WARN)
  end
  return client
end

return M
