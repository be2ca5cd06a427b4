import { render } from 'preact';
import type { HostMessage } from '../protocol/panel';
import './panel.css';
import { Store } from './store/store';
import { App } from './ui/app';

const api = acquireVsCodeApi();
const store = new Store({
  post: (message) => api.postMessage(message),
  getState: () => api.getState(),
  setState: (state) => api.setState(state),
});

window.addEventListener('message', ({ data }: MessageEvent<HostMessage>) => store.receive(data));
render(<App store={store} />, document.getElementById('app')!);
store.ready();
