--- `:Resmark`.
local M = {}

local resmark = require('resmark')

local SCOPES = { 'list', 'section', 'resolution', 'document', 'workspace' }

local commands = {}

--- `:Resmark renumber [list|section|resolution|document|workspace]`
commands.renumber = {
  run = function(arguments)
    local scope = arguments[1] or 'list'
    if not vim.tbl_contains(SCOPES, scope) then
      resmark.say(('renumber what? One of %s.'):format(table.concat(SCOPES, ', ')), vim.log.levels.ERROR)
      return
    end
    require('resmark.renumber').run(scope)
  end,
  complete = function()
    return SCOPES
  end,
}

--- `:Resmark cited-by`, `cites`, `older` and `newer`: the graph of citations and the chain of versions, from what the cursor
--- stands on, a citation or a title, in the quickfix list.
for name, ask in pairs({
  ['cited-by'] = vim.lsp.buf.incoming_calls,
  cites = vim.lsp.buf.outgoing_calls,
  -- Not there before Neovim 0.11.
  older = vim.lsp.buf.typehierarchy and function()
    vim.lsp.buf.typehierarchy('supertypes')
  end,
  newer = vim.lsp.buf.typehierarchy and function()
    vim.lsp.buf.typehierarchy('subtypes')
  end,
}) do
  commands[name] = { run = ask }
end

--- `:Resmark check`
commands.check = {
  run = function()
    if #vim.diagnostic.get(0) == 0 then
      vim.fn.setloclist(0, {})
      resmark.say('nothing found in this file.')
    else
      vim.diagnostic.setloclist({ title = 'Resmark' })
    end
  end,
}

--- `:Resmark import FILE`
commands.import = {
  run = function(arguments)
    local file = vim.fn.fnamemodify(vim.fn.expand(arguments[1] or ''), ':p')
    local command = require('resmark.server').command()
    if not arguments[1] then
      resmark.say('import which file? `:Resmark import FILE`', vim.log.levels.ERROR)
      return
    elseif not command then
      resmark.say('importing needs the `resmark` program. See `:checkhealth resmark`.', vim.log.levels.ERROR)
      return
    end
    local result = vim.system({ command[1], 'import', file }, { text = true }):wait()
    if result.code ~= 0 then
      resmark.say(vim.trim(result.stderr), vim.log.levels.ERROR)
      return
    end
    vim.cmd('enew')
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split((result.stdout:gsub('\n$', '')), '\n'))
    -- A name that is not taken: the text is only a proposal until it is written.
    local name = vim.fn.fnamemodify(file, ':r') .. '.resmark'
    if not vim.uv.fs_stat(name) then
      vim.api.nvim_buf_set_name(0, name)
    end
    vim.bo.filetype = 'resmark'
    if vim.trim(result.stderr) ~= '' then
      resmark.say(vim.trim(result.stderr))
    end
  end,
  complete = function(lead)
    return vim.fn.getcompletion(lead, 'file')
  end,
}

--- `:Resmark update`
commands.update = {
  run = function()
    require('resmark.update').run()
  end,
}

--- `:Resmark restart`
commands.restart = {
  run = function()
    local client = require('resmark.server').client()
    if client then
      -- The method's form differs between 0.10 and 0.11; this function does not.
      vim.lsp.stop_client(client.id, false)
    end
    vim.wait(3000, function()
      return not require('resmark.server').client()
    end, 20)
    for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
      if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == 'resmark' then
        require('resmark.server').attach(buffer)
      end
    end
  end,
}

--- Runs `:Resmark NAME …`.
---@param command { fargs: string[] }
function M.run(command)
  local name = command.fargs[1]
  if not commands[name] then
    local names = vim.tbl_keys(commands)
    table.sort(names)
    resmark.say(('there is no `%s`: one of %s.'):format(name, table.concat(names, ', ')), vim.log.levels.ERROR)
    return
  end
  commands[name].run(vim.list_slice(command.fargs, 2))
end

--- Completes `:Resmark …`.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  local name = line:match('Resmark%s+(%S+)%s')
  local words
  if name then
    words = commands[name] and commands[name].complete and commands[name].complete(lead) or {}
  else
    words = vim.tbl_keys(commands)
    table.sort(words)
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, words)
end

return M
