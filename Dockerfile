# One image for every service: the command says which one runs.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/root/.npm npm ci && npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 NODE_OPTIONS=--enable-source-maps
WORKDIR /app
COPY --from=build /app ./
# Where the Stripe emulator keeps its state; a volume there begins with this owner.
RUN install -d -o node /data
USER node
# Ready: the room's database answers, or every room behind the gateway does.
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
EXPOSE 4000
CMD ["node", "gateway/dist/main.js"]
