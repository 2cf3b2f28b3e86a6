-- What is offered when a clause is put in, taken out or moved; undo; a clause that gets another number; and how far
-- renumbering reaches.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')

local HEAD = '---\nbody: WTDC\nlanguage: en\n---\n\n# Resolution %s (Kigali, 2022)\n\n*resolves*\n\n'

local LIST = HEAD:format('191')
  .. '1. to mend the benches;\n2. to paint them;\n3. to count them;\n4. to report on *resolves* 2 and 3 above.\n'

local CITING = HEAD:format('190') .. '1. to pay for what resolves 3 of Resolution 191 (Kigali, 2022) asks for.\n'

local function write(name, text)
  vim.fn.writefile(vim.split(text, '\n'), name, 'b')
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false), '\n') .. '\n'
end

--- What follows is a step of its own: for undo, and for the server, which takes what comes within half a second for one.
local function step()
  vim.bo.undolevels = vim.bo.undolevels
  -- Only what it has answered to has come.
  editor.read(vim.lsp.get_clients({ name = 'resmark', bufnr = 0 })[1])
  vim.wait(600)
end

--- Waits until a numbering finding is there.
local function broken()
  editor.wait('the break is found', function()
    return vim.iter(vim.diagnostic.get(0)):any(function(finding)
      return vim.startswith(finding.code, 'numbering/')
    end)
  end)
end

--- Takes the fix that is offered where the cursor is, as `gra` does with the only one.
local function fix(what, expected)
  step()
  local before, changed = text(), vim.api.nvim_buf_get_changedtick(0)
  vim.lsp.buf.code_action({
    apply = true,
    context = { only = { 'quickfix' }, diagnostics = {} },
    filter = function(action)
      return action.title:find('Renumber', 1, true) ~= nil
    end,
  })
  editor.wait(what .. ': the fix is made', function()
    return vim.api.nvim_buf_get_changedtick(0) ~= changed
  end)
  editor.same(what, text(), expected)
  vim.cmd('silent undo')
  editor.same(what .. ': one undo', text(), before)
  vim.cmd('silent redo')
  editor.same(what .. ': redone', text(), expected)
  vim.cmd('silent write')
  editor.same(what .. ': as written', table.concat(vim.fn.readfile('list.resmark', 'b'), '\n'), expected)
end

editor.run(function()
  local gap = '1. x;\n3. y.\n'
  write('other.resmark', HEAD:format('3') .. gap)
  write('citing.resmark', CITING)
  write('list.resmark', LIST)
  local client = editor.open('list.resmark')
  editor.find('Resolution 191')
  editor.wait('the folder has been read', function()
    local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
    at.context = { includeDeclaration = false }
    local places = editor.ask(client, 'textDocument/references', at)
    return places and #places > 0
  end)

  -- A clause is put in, labelled like the one before it; the cursor stays on it, and the list breaks further down.
  editor.find('2. to paint')
  vim.api.nvim_put({ '2. to clean them;' }, 'l', true, true)
  editor.find('2. to clean')
  broken()
  fix(
    'put in',
    HEAD:format('191')
      .. '1. to mend the benches;\n2. to paint them;\n3. to clean them;\n4. to count them;\n5. to report on *resolves* 2 and 4 above.\n'
  )
  local citing = vim.fn.bufnr('citing.resmark')
  editor.check('the other file is open now', citing > 0)
  editor.same('the citing file follows', text(citing), (CITING:gsub('resolves 3', 'resolves 4')))

  -- It is taken out again; the cursor is where it stood.
  step()
  editor.find('3. to clean')
  vim.cmd('silent delete')
  broken()
  fix('taken out', LIST)
  editor.same('the citing file follows back', text(citing), CITING)

  -- It is moved to the front.
  step()
  editor.find('3. to count')
  vim.cmd('silent move 9')
  broken()
  fix(
    'moved',
    HEAD:format('191')
      .. '1. to count them;\n2. to mend the benches;\n3. to paint them;\n4. to report on *resolves* 3 and 1 above.\n'
  )

  editor.same('the citing file follows the clause', text(citing), (CITING:gsub('resolves 3', 'resolves 1')))

  -- A rename moves it back.
  editor.find('1. to count')
  local before = text()
  step()
  vim.lsp.buf.rename('3')
  editor.wait('the clause is moved', function()
    return text() ~= before
  end)
  editor.same('renamed', text(), LIST)
  editor.same('the citing file follows the rename', text(citing), CITING)
  vim.cmd('silent undo')
  editor.same('one undo', text(), before)

  -- What cannot be is said.
  local said
  vim.notify = function(message)
    said = message
  end
  editor.find('mend')
  vim.lsp.buf.rename('3')
  editor.wait('words are no label', function()
    return said
  end)
  editor.check(said, said:find('label', 1, true))
  vim.cmd('edit!')

  -- How far it reaches.
  local several = HEAD:format('1') .. gap .. '\n' .. HEAD:format('2'):gsub('^.*\n%-%-%-\n\n', '') .. gap
  write('several.resmark', several)
  editor.open('several.resmark')
  broken()
  local function run(scope)
    editor.find('# Resolution 1')
    vim.cmd('Resmark renumber ' .. scope)
    return text()
  end
  local first = several:gsub('3%. y', '2. y', 1)
  editor.same('the resolution', run('resolution'), first)
  vim.cmd('silent undo')
  editor.same('the document', run('document'), (several:gsub('3%. y', '2. y')))
  vim.cmd('silent undo')
  editor.same('the workspace', run('workspace'), (several:gsub('3%. y', '2. y')))
  editor.same('other files', text(vim.fn.bufnr('other.resmark')), HEAD:format('3') .. '1. x;\n2. y.\n')
  editor.wait('the server sees the other files', function()
    return #vim.lsp.get_clients({ name = 'resmark', bufnr = vim.fn.bufnr('other.resmark') }) > 0
  end)
  -- Neovim sends what was changed in a buffer a little later, or before it asks something about that buffer.
  local other = { textDocument = { uri = vim.uri_from_fname(vim.fn.fnamemodify('other.resmark', ':p')) } }
  vim.lsp.buf_request_sync(vim.fn.bufnr('other.resmark'), 'textDocument/documentSymbol', other, 5000)
  run('workspace')
  editor.check(said, said:find('nothing to renumber in this workspace', 1, true))
end)
