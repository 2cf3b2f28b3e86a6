-- The printed resolution beside the text: it follows what is typed and where the cursor is, both ways; its views; its
-- citations; and the list of citations below.
package.path = debug.getinfo(1, 'S').source:sub(2):match('^(.*)/') .. '/?.lua;' .. package.path
local editor = require('harness')
local typist = require('typist')

--- The words at the cursor of the window that is current, and the name of its buffer.
local function here(drafter)
  return unpack(drafter:lua([[return { vim.api.nvim_get_current_line(), vim.fn.expand('%:t') }]]))
end

--- The line of the cursor in the window that shows the preview, and that is not current.
local function beside(drafter)
  return drafter:lua([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.bo[vim.api.nvim_win_get_buf(window)].filetype == 'resmark-preview' then
        local row = vim.api.nvim_win_get_cursor(window)[1]
        return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), row - 1, row, false)[1]
      end
    end
  ]])
end

editor.run(function()
  local drafter = typist.open('start-here.resmark')
  drafter:command('Resmark preview split')
  drafter:sees('the printed resolution', '1 as in force', '2 tracked changes', 'RESOLUTION 190 (KIGALI, 2022)', 'a)  that a valley')
  editor.same('the drafter stays in the text', select(2, here(drafter)), 'start-here.resmark')

  -- It follows the cursor, and what is typed.
  drafter:go_behind('2. to collect')
  drafter:type('l')
  editor.wait('the preview is at the same clause', function()
    return beside(drafter):find('2.  to collect', 1, true)
  end)
  drafter:type('A and in braille<Esc>')
  drafter:sees('what was typed is printed', 'and in braille')

  -- In it, the text follows; Enter goes there.
  drafter:press('<C-w>l')
  drafter:type('/equality between<CR>')
  editor.wait('the text is at the same clause', function()
    return drafter:lua([[
      local window = vim.fn.bufwinid('start-here.resmark')
      return vim.api.nvim_win_get_cursor(window)[1]
    ]]) == 15
  end)
  drafter:type('<CR>')
  editor.check('in the text, at the clause: ' .. here(drafter), here(drafter):find('b) Resolution 70', 1, true))

  -- `gd` on a citation opens what is cited in the window of the text, and the preview shows that.
  drafter:press('<C-w>l')
  drafter:type('/Resolution 191<CR>')
  drafter:lua([[vim.fn.feedkeys('gd', 'x')]])
  editor.wait('what is cited is open', function()
    return select(2, here(drafter)) == 'wtdc-191.resmark'
  end)
  drafter:sees('and printed', 'RESOLUTION 191')

  -- The views of a text with tracked changes, by key and by command.
  drafter:command('edit itu/wtdc-191-proposal.resmark')
  drafter:attached()
  drafter:sees('the text that the drafter turned to', 'MOD')
  local function printed()
    return drafter:lua([[
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        local buffer = vim.api.nvim_win_get_buf(window)
        if vim.bo[buffer].filetype == 'resmark-preview' then
          return (table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), ' '):gsub('%s+', ' '))
        end
      end
    ]])
  end
  local source = drafter:text()
  local inserted, deleted = source:match('{%+%+([^+{]+)%+%+}'), source:match('{%-%-([^-{]+)%-%-}')
  editor.check('the example has both', inserted and deleted)
  --- Whether the words are printed, white space aside.
  local function prints(words)
    return printed():find(vim.trim((words:gsub('%s+', ' '))), 1, true) ~= nil
  end
  editor.wait('tracked: both', function()
    return prints(inserted) and prints(deleted)
  end)
  drafter:command('Resmark view as-amended')
  editor.wait('as amended: what was put in', function()
    return prints(inserted) and not prints(deleted)
  end)
  drafter:press('<C-w>l')
  drafter:type('1')
  editor.wait('as in force: what was taken out', function()
    return prints(deleted) and not prints(inserted)
  end)
  -- Typed here, a command is about the text.
  drafter:command('Resmark citations')
  drafter:sees('the citations of the text', 'Cites (')
  drafter:type('q')
  editor.wait('back in the preview or the text', function()
    return drafter:lua('return #vim.api.nvim_list_wins()') == 2
  end)
  drafter:press('<C-w>l')
  drafter:type('<Tab>')
  editor.wait('the next view: both', function()
    return prints(inserted) and prints(deleted)
  end)
  drafter:type('q')
  editor.same('it is closed', drafter:lua('return #vim.api.nvim_list_wins()'), 1)

  -- What is cited, who cites it, what is out of date.
  drafter:command('edit start-here.resmark')
  drafter:command('Resmark citations')
  drafter:sees('the list', 'Out of date (3)', 'Cites (5)', 'Cited by (', 'Resolution 140 (Rev. Busan, 2014)')
  drafter:type('/Resolution 191<CR>')
  drafter:type('K')
  drafter:sees('more about it', 'Kigali')
  drafter:type('<CR>')
  editor.check('where it is cited: ' .. here(drafter), here(drafter):find('c) Resolution 191', 1, true))
  drafter:press('<C-w>j')
  drafter:type('<CR>')
  editor.check('and where it is cited again: ' .. here(drafter), here(drafter):find('2. to follow', 1, true))
  drafter:press('<C-w>j')
  drafter:lua([[vim.fn.feedkeys('gd', 'x')]])
  editor.wait('what is cited', function()
    return select(2, here(drafter)) == 'wtdc-191.resmark'
  end)
  drafter:sees('the list is about that now', 'Cited by (')
  drafter:press('<C-w>j')
  drafter:type('q')
  editor.same('it is closed', drafter:lua('return #vim.api.nvim_list_wins()'), 1)
  drafter:close()
end)
