import { ACTION_NAMES, EVENT_NAMES } from "../../names.ts";

/**
 * Words of Asterisk itself, in lower case: of its messages, applications,
 * functions, variables, states and technologies, and of the usual names of
 * contexts. A word that is not here may be somebody's name.
 */
const WORDS = `
  abandoned abort about absolute accepted access accmess accountcode ack acl
  action active add added adding addqueuemember address adds admin adpcm
  adsiprog advice aelsub af again agent agentrequest agistatus ago alaw all
  allocate allocated allocation allow allowed allowing already alt amd amdcause
  amdstatus ami amp an analog and ani announce announcechannel anonymous answer
  answered answeredtime aoc aocbillingid aor aors api app appdial append
  application appqueue aqmstatus arbitrary are array as asr associated ast
  astagidir astcachedir astdatadir astdbdir asterisk astetcdir astkeydir
  astlogdir astmoddir astrundir astsbindir astspooldir astvarlibdir async at
  attempt attempting attended attendedtransferstatus attestation audio
  audiosocket auth authenticate authenticated authentication authorization auths
  authtype automixmon avail available availcausecode availchan availorigchan
  availstatus away back backend background backgrounddetect backgroundstatus
  backslashes barred base basename be bearer been beep begin being billing
  bindaddress blacklist blacklisted blind blindtransferstatus body booted both
  box branch bridgeadd bridged bridgeid bridgepeer bridgepvtcallid bridgeresult
  bridges bridgetechnology bridgeuniqueid bridgewait bridging broadcast built
  busy by bye cache caching calendar call callcompletion callcompletioncancel
  callcompletionrequest calldeflection callee caller callerid calleridname
  callers callforwardingbusy callforwardingnoreply callforwardingunconditional
  callid callidchange callingani callingpres callingtns callington calls
  calltransfer can cancel canceled cancelled cannot capability category cbann cc
  celgenuserevent chan change changes chanisavail channel channelredirect
  channels chanspy chanunavail chargeditem chargemultiplier chargetype
  chargingassociationid chargingassociationplan chargingtype charset check
  circuit cleanly clearhash clearing client code codec codecs com comedia
  commands commit compile complete completed conf confbridge conference
  conferences config configuration configured confkick confkickstatus congestion
  connect connectedline consider contact contacts contactstatuses
  contactstatusevents container content context contexts continue continuewhile
  control convert core cos could count cplaybackoffset cplaybackstatus
  cplaybackstopkey create created creates creation credentials creditcard cseq
  csv curl curlopt currency currencyamount currently custom cut dahdi
  dahdiacceptr dahdiscan dahdisendcallreroutingfacility dahdisendkeypadfacility
  data database datetime day days db de deadagi deb debian debug dec decline
  decode decrypt default define defined delete deleted demo denied denoise
  description destination destroy destroyed detail detailed detect detected dev
  device dial dialedpeername dialedpeernumber dialedtime dialgroup dialog
  dialplan dialstatus dictate did digest digit direction directory dirname disa
  disabled disallow disconnect displayname displays distributed dnd dnid dnis
  docs documentation does doesn down drop dtmf dual due dump dumpchan
  dundilookup dundiquery dundiresult duration during dyn dynamic dynamically
  each eagi echo either else elseif empty en enabled encode encoding encountered
  encrypt end endif endpoint endpoints endwhile engine enhanced enter entityid
  entries entry enumlookup enumquery enumresult env epoch equipment error es esc
  escalated etc eval event example exceeds exception exec execif execiftime
  execute execution exist exists exit exitif exitwhile expiration expire expired
  expires expiry export ext exten extension extensions extenspy external
  externalivr extra extraexten extrapriority facility fail failed failure false
  family fax faxbitrate faxerror faxmode faxopt faxpages faxresolution
  faxstatusstring feature featuremap festival fetch fewestcalls field fieldnum
  fieldqty file filename files filters find fish fit flag flat flow folder
  follow following followme follows for forbidden forcerport forkcdr format
  formats forward forwardername found fr frame free freefrombeginning friends
  from full fully function gateway general generate geoloc get getcpeid gets
  given global gnu goodbye gosub gosubif goto gotoif gotoiftime grammar
  granularity granularitytimescale greet greetings group gsm guarantee guest gz
  handle handler handling hangupcause hangupcauseclear happen has hash hashkeys
  have header headers hello help hint hints holding holdtime home hook host hour
  hours http https hung hungup iax iaxpeer iaxvar iconv id identify idle ie if
  ifmodule iftime ilbc implemented import in inactive inbound inbox inc incoming
  incomplete info information informational inheritable initialized inside
  instead integer intercept interface interfaces internal interworking inuse
  invalid invite ip ipv is isnull isup it its ivr jabber jabberjoin jabberleave
  jabbersendgroup jitterbuffer join json keepalive key keycount keypadhash keys
  kick kicked known lagged language last later least leastrecent len length
  level lib limit line linear lines link linkedid linux list listfilter listing
  lists loaded local localhost localstationid location lock locked log logged
  loggedoff logger longer lot lots lpc ltrim macro mailbox mailboxes maintenance
  makes management manager mandatory many map marked marks mask master match
  matching math maxforwards maximum md media meetme meetmeadmin
  meetmeadminstatus meetmechanneladmin meetmecount member memberinterface
  membername members memory message mf milliwatt minivmaccmess minivmaccount
  minivmcounter minivmdelete minivmgreet minivmmwi minivmnotify minivmrecord
  minutes missing mix mode module modules moh monitor monitored monitoring
  morsecode morseditlen morsespacetone morsetone morsetype move mp ms mset msg
  msgtype mulaw multicastrtp multimix musiconhold must mute muted mvm mwi name
  native need net netstats network new newmessages nl no noanswer non nonce none
  nonqualified noop normal not notavailable notice notify notinuse now null num
  number object objects occur occurred octet odbc odbcfinish of off offer office
  offline old oldmessages omit on oncall one onhold online onlyperson onto open
  operation optimize optimized optionally options opus or order org other out
  outbound outgoing output owner page param parameter parameters parkandannounce
  parked parkedlot parker parking parse partialchannel participants particular
  passthrough passthru passwd password path pause paused pausequeuemember pbx
  peek peer peeraccount peers penalty per periodic permanent permission
  permitted persistentmembers pickupchan pitch pjsip plain play playaudio
  playback playbackstatus played player playtones polarity pong pop populate
  populated populating port position possible pp pqmstatus prack pres presence
  presentation presented pri priorities priority priv privacymanager
  privacymgrstatus private privilege privileges problem proceeding processed
  processing profile progress progresstime prop protocol provide provided
  provider provision proxy pt public publish push put qualifier qualify query
  queue queued queuename queueposition queues queueupdate queuewait quote
  raiseexception rand random ratetype rdnis reachable read readexten
  readextenstatus readstatus realm realtime reason receive received receivemf
  receivemfstatus receivesf receivesfstatus receivetext receivetextmessage
  receivetextstatus reception record recorded recording recordings recovery
  redirecting refer refresh regex register registered registration registrations
  rejected reloaded reloading reloadstatus remotestationid remove removed
  removequeuemember replace reporting request requested required requires
  rereading reregistration reregistrations reserved reset resetcdr resetting
  resource responds response result results retries retrieve retrydial return
  reverse rfc ring ringall ringing ringinuse ringnoanswer ringtime rollback room
  rotate rotated rqmstatus rr rrmemory rtp rtrim rtt rules running sales save
  sayalpha sayalphacase saycountedadj saycountednoun saydigits sayfiles saymoney
  saynumber sayordinal sayphonetic sayunixtime score scramble screened
  screenname sdp search sec secondary seconds secret secs section security see
  sees segment send senddtmf sender sendmf sends sendsf sendtextstatus
  sendtexttype sent service session sessions set sets settings sha shaken share
  shared shell shift should show shutting signal signaling signalstatus signed
  silence simple since single sip sips siren skelguessnumber slastation slatrunk
  slin slinear smdi sms snapshot softhangup softmix sorcery sort sounds source
  space span specialarrangement specialcode specific specified specify speech
  speechactivategrammar speechbackground speechcreate speechdeactivategrammar
  speechdestroy speechloadgrammar speechprocessingsound speechstart
  speechunloadgrammar speex spool sprintf sql sr srvquery srvresult stack
  stackpop stale start started starting startmusiconhold stasis stasisbroadcast
  stasisstatus stat state statechange states static statistics stats statsd
  statuses stir stop stopmusiconhold stopped stopping stopplaytones storage
  store storedtmf strategy strbetween stream streamecho streamfile strftime
  string strptime strreplace sub subscribe subscribed subscription subscriptions
  subtotal succeeded success successful successfully such sum summary support
  supported surrogate suspend suspended switch switching sysinfo system
  systemname systemstatus tag taken talk talktime task tcp technologies
  technology tel template temporarily temporary test testclient testlaw
  testserver testtime text thank thanks thankyou that the their there these
  thing this threadid threeway through time timeout timer timescale tls tmp to
  tocontext tofolder token tolower tomailbox ton tone tonescan tonescanstatus
  too tos total toupper trace transfer transferstatus transferstatusprotocol
  transport tree trim true trunk trunks truth try tryexec trylock trystatus
  trysystem txt txtcidname type udp ulaw unable unallocated unavailable
  uncleanly unicastrtp uninitialized uniqueid unit unitamount units unknown
  unloaded unlock unlocked unmonitored unmute unmuted unpause unpaused
  unpausequeuemember unqualified unreachable unregister unregistered
  unregistration unregistrations unshift unspecified unsuspend unsuspended up
  update updated upqmstatus uptime urgent uri uridecode uriencode usage use user
  useragent username userpass users using usr uuid valid value var variable
  variables verbose version via video vm vmauthenticate vmcount vmsayname
  vmstatus voicemail voicemailmain voicemailplaymsg volume volumeunit vp wait
  waitdigit waitdigitresult waitdigitstatus waitexten waitforcondition
  waitforconditionstatus waitfornoise waitforring waitforsignal
  waitforsignalpayload waitforsignalstatus waitforsilence waitfortone
  waitfortonestatus waiting waitstatus waituntil waituntilstatus warning was wav
  websocket week weeks weighted were when while wiki will with withdraw within
  words work wrandom write writing ws wss www yes you zapateller
  zapatellerstatus
`;

/** Every word that identifies nobody, in lower case. */
export const KNOWN_WORDS: ReadonlySet<string> = new Set([
  ...WORDS.trim().split(/\s+/),
  ...[...ACTION_NAMES, ...EVENT_NAMES].map((name) => name.toLowerCase()),
]);
