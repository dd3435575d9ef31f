import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setBridge } from './bridge/bridge.ts';
import { connect } from './bridge/connect.ts';
import { App } from './features/shell/App.tsx';
import { startState } from './state/start.ts';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';

setBridge(await connect());
startState();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
