--- `:Resmark`.
local M = {}

local resmark = require('resmark')

local SCOPES = { 'list', 'section', 'resolution', 'document', 'workspace' }

---@class resmark.Command
---@field what string in a few words, for who chooses from the list
---@field run fun(arguments: string[], bang: boolean)
---@field complete? fun(): string[] the words that may follow

---@type table<string, resmark.Command>
local commands = {}

--- Says which words may follow, when `word` is none of them.
---@param command string
---@param word string
---@param words string[]
---@return boolean
local function is_one_of(command, word, words)
  if not vim.list_contains(words, word) then
    resmark.say(('`%s %s` is not known: one of %s.'):format(command, word, table.concat(words, ', ')), vim.log.levels.ERROR)
    return false
  end
  return true
end

commands.renumber = {
  what = 'Renumber what the cursor stands in, with every reference to it',
  run = function(arguments)
    local scope = arguments[1] or 'list'
    if is_one_of('renumber', scope, SCOPES) then
      require('resmark.renumber').run(scope)
    end
  end,
  complete = function()
    return SCOPES
  end,
}

commands.update = {
  what = 'Update the citations that are out of date',
  run = function(_, bang)
    require('resmark.update').run(bang)
  end,
}

--- The graph of citations and the chain of versions, from what the cursor stands on, in the quickfix list.
for name, command in pairs({
  ['cited-by'] = { ask = vim.lsp.buf.incoming_calls, what = 'List who cites this resolution' },
  cites = { ask = vim.lsp.buf.outgoing_calls, what = 'List what this resolution cites' },
  older = { hierarchy = 'supertypes', what = 'Go to the version before' },
  newer = { hierarchy = 'subtypes', what = 'Go to the version behind' },
}) do
  commands[name] = {
    what = command.what,
    run = function()
      if not require('resmark.server').needed(vim.api.nvim_get_current_buf(), name) then
        return
      elseif command.hierarchy then
        vim.lsp.buf.typehierarchy(command.hierarchy)
      else
        command.ask()
      end
    end,
  }
end

commands.check = {
  what = 'List what was found in this file, or in the workspace',
  run = function(arguments)
    if arguments[1] then
      if is_one_of('check', arguments[1], { 'workspace' }) then
        require('resmark.check').workspace()
      end
    else
      require('resmark.check').file()
    end
  end,
  complete = function()
    return { 'workspace' }
  end,
}

commands.import = {
  what = 'Turn a text from a word processor into Resmark',
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

commands.new = {
  what = 'Begin a resolution from a skeleton',
  run = function(arguments)
    require('resmark.new').run(arguments[1] and table.concat(arguments, ' '))
  end,
  complete = function()
    return require('resmark.new').names()
  end,
}

commands.preview = {
  what = 'Show the printed resolution in the browser, or beside the text',
  run = function(arguments)
    if not arguments[1] then
      require('resmark.browser').open('resolution')
    elseif is_one_of('preview', arguments[1], { 'split' }) then
      require('resmark.preview').open()
    end
  end,
  complete = function()
    return { 'split' }
  end,
}

commands.view = {
  what = 'Show the text as in force, with tracked changes or as amended',
  run = function(arguments)
    local preview = require('resmark.preview')
    local view = arguments[1]
    if not view then
      vim.ui.select(preview.VIEWS, { prompt = 'Show the text' }, function(chosen)
        if chosen then
          preview.set_view(chosen)
        end
      end)
    elseif is_one_of('view', view, preview.VIEWS) then
      preview.set_view(view)
    end
  end,
  complete = function()
    return require('resmark.preview').VIEWS
  end,
}

commands.graph = {
  what = 'Show in the browser who cites whom',
  run = function()
    require('resmark.browser').open('graph')
  end,
}

commands.citations = {
  what = 'Show what this cites, who cites it and what is out of date',
  run = function()
    require('resmark.citations').open()
  end,
}

commands.status = {
  what = 'Say which habits this text follows, and how much was found',
  run = function()
    require('resmark.status').say()
  end,
}

commands.log = {
  what = 'Open the log of the server',
  run = function()
    local file = require('vim.lsp.log').get_filename()
    if not vim.uv.fs_stat(file) then
      resmark.say('nothing has been logged yet.')
      return
    end
    vim.cmd.tabedit(vim.fn.fnameescape(file))
    vim.bo.readonly = true
    vim.cmd('normal! G')
  end,
}

commands.restart = {
  what = 'Stop the server and start it again',
  run = function()
    require('resmark.server').restart()
  end,
}

--- The names of the commands, sorted.
---@return string[]
function M.names()
  local names = vim.tbl_keys(commands)
  table.sort(names)
  return names
end

--- Runs `:Resmark NAME …`; without a name, lets the drafter choose.
---@param command { fargs: string[], bang: boolean }
function M.run(command)
  local name = command.fargs[1]
  if not name then
    vim.ui.select(M.names(), {
      prompt = 'Resmark',
      format_item = function(it)
        return ('%-10s %s'):format(it, commands[it].what)
      end,
    }, function(chosen)
      if chosen then
        commands[chosen].run({}, false)
      end
    end)
  elseif not commands[name] then
    local names = table.concat(M.names(), ', ')
    resmark.say(('there is no `%s`: one of %s.'):format(name, names), vim.log.levels.ERROR)
  else
    commands[name].run(vim.list_slice(command.fargs, 2), command.bang)
  end
end

--- Completes `:Resmark …`.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  local name, before = line:match('Resmark!?%s+(%S+)%s+(.*)$')
  local words
  if not name then
    words = M.names()
  else
    words = commands[name] and commands[name].complete and commands[name].complete(lead) or {}
    -- A name of several words is completed word by word.
    local typed = before:sub(1, #before - #lead)
    if typed ~= '' then
      words = vim.tbl_map(
        function(word)
          return word:sub(#typed + 1)
        end,
        vim.tbl_filter(function(word)
          return vim.startswith(word, typed)
        end, words)
      )
    end
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, words)
end

return M
