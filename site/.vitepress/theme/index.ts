import DefaultTheme from 'vitepress/theme'
import type { Theme } from 'vitepress'
import { h } from 'vue'
import picture from '../../../docs/images/preview.png'
import './style.css'

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      // What a drafter sees, beside the claim on the first page.
      'home-hero-image': () => h('img', { class: 'shot', src: picture, alt: 'A citation that was out of date, with the preview of what it names' }),
    }),
} satisfies Theme
