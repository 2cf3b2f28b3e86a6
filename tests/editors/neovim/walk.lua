-- The first day of somebody new: a home with nothing in it but the plugin, as a package, and the program in PATH. Findings
-- without a setting, a resolution from an empty file, citations brought up to date, the views of the preview, three
-- citations followed and back, and a clause that is given another number. What is looked at is the screen.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')
local typist = require('typist')

--- A home folder with nothing in it but the plugin, and the environment that makes it one.
local function home()
  local folder = vim.fn.tempname()
  local packages = folder .. '/.local/share/nvim/site/pack/resmark/start'
  vim.fn.mkdir(packages, 'p')
  vim.fn.mkdir(folder .. '/bin', 'p')
  assert(vim.uv.fs_symlink(vim.env.RESMARK_NVIM_PLUGIN, packages .. '/resmark'))
  assert(vim.uv.fs_symlink(vim.env.RESMARK_SERVER, folder .. '/bin/resmark'))
  return {
    HOME = folder,
    PATH = folder .. '/bin:' .. vim.env.PATH,
    XDG_CONFIG_HOME = folder .. '/.config',
    XDG_DATA_HOME = folder .. '/.local/share',
    XDG_STATE_HOME = folder .. '/.local/state',
    XDG_CACHE_HOME = folder .. '/.cache',
    NVIM_APPNAME = 'nvim',
  }
end

--- The name of the file that is shown.
local function file(drafter)
  return drafter:lua([[return vim.fn.expand('%:t')]])
end

--- Types keys of a mapping, which Neovim takes as one.
local function keys(drafter, typed)
  drafter:lua([[vim.api.nvim_feedkeys(vim.keycode(...), 'mt', false)]], typed)
end

editor.run(function()
  local drafter = typist.start({ 'start-here.resmark' }, home())
  editor.same('nothing was set', drafter:lua('return vim.g.resmark == nil'), true)
  -- Where other tests run at the same time, Enter waits for the server longer.
  drafter:lua('vim.g.resmark = { enter = 20000 }')

  -- Findings, where the drafter looks: beside the line, and as a message below it.
  drafter:sees('what is wrong is marked', 'W a) Resolution 140 (Rev. Busan, 2014)')
  drafter:go_behind('4. to invite')
  drafter:type('l')
  drafter:sees('the message', '└ ')

  -- A resolution from an empty file.
  drafter:command('edit draft.resmark')
  drafter:attached()
  drafter:type('ireso')
  drafter:press('<C-x><C-o>')
  drafter:sees('skeletons', 'Resolution (ITU)', 'Resolution (Model UN)')
  drafter:press('<C-n>')
  drafter:press('<C-y>')
  drafter:sees('the skeleton', '# Resolution [ABC-1] (Doha, 2026)', '*recalling*')
  drafter:press('200<Tab><Tab>Boats on mountain lakes<Tab>')
  drafter:sees('filled in', '# Resolution 200 (Doha, 2026)', '## Boats on mountain lakes')
  -- The list opens by itself where a citation begins.
  drafter:press('Resolution ')
  drafter:press('14')
  drafter:press('0')
  drafter:sees('the version in force is offered', '140 (Rev. Bucharest, 2022)', '140 (Rev. Dubai, 2018)')
  drafter:press('<C-n><C-y>')
  drafter:sees('the citation', 'a) Resolution 140 (Rev. Bucharest, 2022)')
  drafter:press('<Esc>')
  -- Enter numbers the next clause and those behind it.
  drafter:go_behind('1. that something be done;')
  drafter:type('a<CR>to count the boats;<Esc>')
  drafter:sees('numbered', '2. to count the boats;', '3. that it be reported on,')
  drafter:command('write')

  -- Three citations, and back.
  drafter:command('edit practice/citations.resmark')
  drafter:attached()
  local jumps = {
    { 'h) Resolution 190', 'start-here.resmark' },
    { 'c) Resolution 191', 'wtdc-191.resmark' },
    { 'a) Resolution 102', 'PP-102.md' },
  }
  for _, jump in ipairs(jumps) do
    drafter:go_behind(jump[1])
    keys(drafter, 'gd')
    editor.wait(('`gd` on %s opens %s'):format(jump[1], jump[2]), function()
      return file(drafter) == jump[2]
    end)
  end
  drafter:sees('a page of the catalogue', '# PP-102')
  for _, name in ipairs({ 'wtdc-191.resmark', 'start-here.resmark', 'citations.resmark' }) do
    drafter:type('<C-o>')
    editor.wait('CTRL-O goes back to ' .. name, function()
      return file(drafter) == name
    end)
  end
  drafter:sees('at the citation it began with', 'h) Resolution 190 (Kigali, 2022) of this conference')

  -- Citations brought up to date, once seen.
  drafter:command('edit start-here.resmark')
  drafter:attached()
  drafter:command('Resmark update')
  drafter:sees('what would be changed', 'Update these', '- a) Resolution 140 (Rev. Busan', '+ a) Resolution 140 (Rev. Bucharest')
  drafter:type('y')
  drafter:sees('what was changed', 'a) Resolution 140 (Rev. Bucharest, 2022) of the', 'b) Resolution 70 (Rev. Bucharest, 2022)')

  -- A clause is given another number: it moves there, and the references go along.
  drafter:go_behind('5. to review')
  drafter:type('0')
  keys(drafter, 'grn')
  drafter:sees('it asks', 'New Name: ')
  drafter:press('<C-u>1<CR>')
  drafter:sees('it is the first', '1. to review progress on', '2. to encourage networks')
  drafter:command('write')

  -- The printed resolution and its views.
  drafter:command('edit itu/wtdc-191-proposal.resmark')
  drafter:attached()
  drafter:command('Resmark preview split')
  drafter:sees('the preview', '1 as in force', '2 tracked changes', '3 as amended', 'RESOLUTION 191')
  local before = drafter:screen()
  drafter:command('Resmark view as-amended')
  editor.wait('another view', function()
    return drafter:screen() ~= before
  end)

  drafter:command('checkhealth resmark')
  local report = drafter:text()
  editor.check('all is well:\n' .. report, not report:find('ERROR', 1, true) and not report:find('WARNING', 1, true))
  drafter:close()
end)
